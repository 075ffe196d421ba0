/** Where everything of a running environment is; the same on IPC, in the environment file and from the control API. */
export interface EnvironmentDescription {
  readonly stage: string;
  readonly region: string;
  /** Kafka bootstrap servers, comma-joined. */
  readonly bootstrapServers: string;
  readonly awsEndpoint: string;
  /** Lambda's Invoke API in front of the local execution environments. */
  readonly lambdaEndpoint: string;
  readonly controlEndpoint: string;
  /** Sent as a bearer token to the control API; new for each run. */
  readonly controlToken: string;
  readonly logsDirectory: string;
  /** Outputs by stack name, as deployed. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What was done to the resources that the endpoint cannot hold, a line each. */
  readonly substitutions: readonly string[];
}
