/** A deployed function, as much of it as running it needs. */
export interface FunctionConfiguration {
  readonly functionName: string;
  /** The unqualified ARN; its region becomes `AWS_REGION` in the execution environment. */
  readonly functionArn: string;
  /** Absolute path of the unpacked deployment package, such as a bundle folder of the cloud assembly. */
  readonly codeDirectory: string;
  /** Absolute path of the folder that stands for `/opt`, with all layers unpacked in it; absent without layers. */
  readonly layersDirectory?: string;
  /** Whether modules find nothing above the code's own folder, as on Lambda; absent for code that runs where it was written. */
  readonly confined?: boolean;
  /** `<path without extension>.<export>`, such as `index.handler`. */
  readonly handler: string;
  /** A Node.js runtime identifier, such as `nodejs24.x`. */
  readonly runtime: string;
  readonly memorySizeMb: number;
  readonly timeoutSeconds: number;
  /** The deployed variables alone; what Lambda adds comes from the host. */
  readonly environment: Readonly<Record<string, string>>;
  /** Variables that win over all others, those of the machine too; absent: none. */
  readonly overrides?: Readonly<Record<string, string>>;
  /** The least level that is logged, in JSON; absent when the function logs in text. */
  readonly jsonLogLevel?: string;
  /** The most invocations at a time; absent when the function draws on the account's limit. */
  readonly reservedConcurrency?: number;
}
