import type { ResourceHere } from '../assembly/absent-resources.ts';
import type { JsonObject } from '../assembly/template.ts';
import type { Substitution } from '../substitution/plan-substitutions.ts';

/** A deployed Lambda function that a process on this machine can run, with the folder of its code. */
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
  /**
   * Absolute paths of its layers in the cloud assembly, folders and zip files, in their order; absent when there are
   * none.
   */
  readonly layers?: readonly string[];
  /** Layers whose content is not in the cloud assembly, as the template names them; absent when there are none. */
  readonly unknownLayers?: readonly string[];
  /** The minimum level of the function's JSON log; absent when it logs in text. */
  readonly jsonLogLevel?: string;
  /** Absent when the function uses the account's unreserved concurrency. */
  readonly reservedConcurrency?: number;
}

/** A function that only the endpoint's own Lambda may be able to run. */
export interface FunctionAtEndpoint {
  readonly functionName: string;
  readonly functionArn: string;
  readonly timeoutSeconds: number;
  /** The reason why no process runs it, as words after "because". */
  readonly reason: string;
  /** The reason why the endpoint cannot run it either; absent when no such reason is known. */
  readonly obstacle?: string;
}

/**
 * An event source mapping as the template describes it. Endpoints drop its Kafka settings, so the template is the
 * source.
 */
export interface DeployedEventSourceMapping {
  readonly stackName: string;
  readonly logicalId: string;
  /** The mapping's id at the endpoint. */
  readonly uuid: string;
  /** The CloudFormation properties, every intrinsic function resolved. */
  readonly properties: JsonObject;
}

/** The result of a deployment. */
export interface DeployedApp {
  readonly region: string;
  readonly functions: readonly DeployedFunction[];
  /** Functions that no process here can run, and functions of mappings that are not part of the app. */
  readonly functionsAtEndpoint: readonly FunctionAtEndpoint[];
  readonly eventSourceMappings: readonly DeployedEventSourceMapping[];
  /** The alarms that are evaluated locally, each with its `AlarmName`. */
  readonly alarms: readonly ResourceHere[];
  /** The rules of EventBridge that work locally (schedules, and rules for deployments), each with its `Name`. */
  readonly rules: readonly ResourceHere[];
  /** The outputs that the app's own templates declare, by stack name and output name. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly substitutions: readonly Substitution[];
  /** The default partition count of a cluster (`num.partitions`), by the cluster's ARN. */
  readonly defaultPartitions: ReadonlyMap<string, number>;
  /** The ARNs of clusters with Express brokers. */
  readonly expressClusters: ReadonlySet<string>;
}
