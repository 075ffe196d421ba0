import type { EmulatorOptions } from '../../event-source-mapping/configuration/emulator-options.ts';
import type { OutsideValues } from '../../deployment/substitution/outside-values.ts';
import type { AppSource } from './app-source.ts';

/** The options of a local environment. Serialisable, because they are sent to the environment process. */
export interface EnvironmentOptions {
  /** The name of the environment for its users, such as the stage that it runs. */
  readonly name: string;
  readonly app: AppSource;
  /**
   * TCP ports on 127.0.0.1. A requested port must be free; a preferred port is replaced by any free one when it is in
   * use.
   */
  readonly ports: {
    readonly broker: PortChoice;
    readonly aws: PortChoice;
  };
  /** Bootstrap servers, comma-joined, of brokers that are already running; absent: a broker is started. */
  readonly bootstrapServers?: string;
  /** URL of an AWS endpoint that is already running, such as LocalStack; absent: MiniStack is started. */
  readonly awsEndpoint?: string;
  /**
   * URLs of single services for functions and on-failure destinations, by the SDK's service id, such as `SQS` or
   * `DYNAMODB`. All other services, and everything that is deployed or listed, use the AWS endpoint.
   */
  readonly serviceEndpoints?: Readonly<Record<string, string>>;
  /** The region of stacks that do not name one, and of apps without a stack. */
  readonly region?: string;
  /** Where the functions of mappings run: in processes on this machine, or in the endpoint's own Lambda. */
  readonly invoke: 'processes' | 'endpoint';
  /** Partition count for a topic that a mapping names and that does not exist. */
  readonly newTopicPartitions: number;
  /** Values that the app imports from outside, and resources to leave out; absent: none. */
  readonly outside?: OutsideValues;
  /** The real length of a minute of metrics and alarms, in milliseconds; absent: a real minute. Records keep the machine's time. */
  readonly minuteMs?: number;
  /** Settings that AWS does not document; the others keep their defaults. */
  readonly emulator: Partial<EmulatorOptions>;
  /** Absolute path of the folder in which Kafka and MiniStack are installed, once for all runs. */
  readonly enginesDirectory: string;
  /** True continues with the data of the last run in the same folder, if there is any; otherwise a run starts empty. */
  readonly keep: boolean;
  /** Absolute path of the folder for this run's cloud assembly, logs and data. */
  readonly runDirectory: string;
}

export interface PortChoice {
  readonly port: number;
  readonly kind: 'required' | 'preferred';
}
