import type { JsonObject } from '../assembly/template.ts';
import type { Substitution } from '../substitution/plan-substitutions.ts';

/** A Lambda function as it is deployed at the endpoint, and where its code is on this machine. */
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
  /** Whether the template gives the function layers; absent when not. */
  readonly hasLayers?: boolean;
  /** The least level that the function logs, in JSON; absent when it logs in text. */
  readonly jsonLogLevel?: string;
  /** Absent when the function draws on the account's concurrency. */
  readonly reservedConcurrency?: number;
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
  readonly eventSourceMappings: readonly DeployedEventSourceMapping[];
  /** The outputs that the app's own templates declare, by stack name and output name. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly substitutions: readonly Substitution[];
}
