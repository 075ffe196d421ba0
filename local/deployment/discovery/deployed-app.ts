import type { JsonObject } from '../assembly/template.ts';
import type { Substitution } from '../substitution/plan-substitutions.ts';

/** A Lambda function as it is deployed at the endpoint, and where its code is on this machine: a process can run it. */
export interface DeployedFunction {
  readonly stackName: string;
  readonly logicalId: string;
  readonly functionName: string;
  readonly functionArn: string;
  /** Absolute path of the code's folder in the cloud assembly. */
  readonly codeDirectory: string;
  readonly handler: string;
  readonly runtime: string;
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
  readonly environment: Readonly<Record<string, string>>;
  /** Absolute paths of its layers in the cloud assembly, folders and zip files, in their order; absent without any. */
  readonly layers?: readonly string[];
  /** Layers whose content is not in the cloud assembly, as the template refers to them; absent without any. */
  readonly unknownLayers?: readonly string[];
  /** The least level that the function logs, in JSON; absent when it logs in text. */
  readonly jsonLogLevel?: string;
  /** Absent when the function draws on the account's concurrency. */
  readonly reservedConcurrency?: number;
}

/** A function that no process here can run: the endpoint's own Lambda may. */
export interface FunctionAtEndpoint {
  readonly functionName: string;
  readonly functionArn: string;
  readonly timeoutSeconds: number;
  /** Why no process runs it, in words that follow "because". */
  readonly reason: string;
  /** Why the endpoint cannot run it either; absent when it can, as far as is known. */
  readonly obstacle?: string;
}

/** An event source mapping as the template describes it. Endpoints drop its Kafka settings, so they are read there. */
export interface DeployedEventSourceMapping {
  readonly stackName: string;
  readonly logicalId: string;
  /** The mapping's id at the endpoint. */
  readonly uuid: string;
  /** The CloudFormation properties, every intrinsic function resolved. */
  readonly properties: JsonObject;
}

/** What is there after a deployment. */
export interface DeployedApp {
  readonly region: string;
  readonly functions: readonly DeployedFunction[];
  /** Those that no process here can run, and those that mappings name and that are not of the app. */
  readonly functionsAtEndpoint: readonly FunctionAtEndpoint[];
  readonly eventSourceMappings: readonly DeployedEventSourceMapping[];
  /** The outputs that the app's own templates declare, by stack name and output name. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly substitutions: readonly Substitution[];
  /** How many partitions a topic of a cluster gets that nobody creates in so many words, by the cluster's ARN. */
  readonly defaultPartitions: ReadonlyMap<string, number>;
}
