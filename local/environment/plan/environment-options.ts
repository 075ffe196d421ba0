import type { EmulatorOptions } from '../../event-source-mapping/configuration/emulator-options.ts';
import type { OutsideValues } from '../../deployment/substitution/outside-values.ts';
import type { AppSource } from './app-source.ts';

/** What a local environment is made of. Serialisable: it travels to the environment process. */
export interface EnvironmentOptions {
  /** What the environment is called by those who use it, such as the stage that it runs. */
  readonly name: string;
  readonly app: AppSource;
  /** TCP ports on 127.0.0.1. One that was asked for must be free; a preferred one gives way to any free port. */
  readonly ports: {
    readonly broker: PortChoice;
    readonly aws: PortChoice;
  };
  /** Bootstrap servers, comma-joined, of Kafka brokers that run already; none starts a broker. */
  readonly bootstrapServers?: string;
  /** An AWS endpoint that runs already (LocalStack, say); none starts MiniStack. */
  readonly awsEndpoint?: string;
  /**
   * Where functions and on-failure destinations find single services, when that is not the AWS endpoint: URLs by the SDK's
   * service id, such as `SQS` or `DYNAMODB`. What is deployed and listed stays at the AWS endpoint.
   */
  readonly serviceEndpoints?: Readonly<Record<string, string>>;
  /** For stacks that name no region, and for what has no stack. */
  readonly region?: string;
  /** Who runs the functions that mappings invoke: processes on this machine, or the endpoint's own Lambda. */
  readonly invoke: 'processes' | 'endpoint';
  /** Partitions of a topic that a mapping names and nobody has created. */
  readonly newTopicPartitions: number;
  /** What the app takes from outside, and what is left out of it; absent: nothing. */
  readonly outside?: OutsideValues;
  /** What AWS leaves open; the rest stays at its default. */
  readonly emulator: Partial<EmulatorOptions>;
  /** Absolute path of the folder that Kafka and MiniStack are installed in, once for all runs. */
  readonly enginesDirectory: string;
  /** Whether to go on with the data of the last run in the same folder, where there is some; else a run begins empty. */
  readonly keep: boolean;
  /** Absolute path of the folder for this run's cloud assembly, logs and data. */
  readonly runDirectory: string;
}

export interface PortChoice {
  readonly port: number;
  readonly kind: 'required' | 'preferred';
}
