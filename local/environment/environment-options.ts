/** What a local environment is made of. Serialisable: it travels to the environment process. */
export interface EnvironmentOptions {
  /** The command that synthesizes the CDK app into the folder given by `--output`, without that flag. */
  readonly stage: string;
  /** TCP ports on 127.0.0.1. One that was asked for must be free; a preferred one gives way to any free port. */
  readonly ports: {
    readonly broker: PortChoice;
    readonly aws: PortChoice;
  };
  /** An AWS endpoint that runs already (LocalStack, say); none starts MiniStack. */
  readonly awsEndpoint?: string;
  /** Absolute path of the folder for this run's cloud assembly, logs and broker data; emptied at the start. */
  readonly runDirectory: string;
}

export interface PortChoice {
  readonly port: number;
  readonly kind: 'required' | 'preferred';
}
