import type { Kafka, TopicDescription } from '@order-events/kafka-tools';
import type { MappingReport } from '#msk-local/environment/control/mapping-report.ts';
import type { WatchedMetric } from '#msk-local/environment/control/watched-metric.ts';
import type { Place } from './explain-failure.ts';
import type { StageOutputs } from './stage-outputs.ts';

/** The client id of the command line at the brokers. */
export const CLIENT_ID = 'orders-cli';

/** One running stage of the system, wherever it runs: what a command needs in order to talk to it. */
export interface Target extends Place {
  /** Another one when groups and offsets may have begun anew: what was noted before says nothing then. */
  readonly run: string;
  readonly outputs: StageOutputs;
  /** Goes into the constructor of every AWS SDK client. */
  readonly awsClientConfig: AwsClientConfig;
  /**
   * A new client of the stage's brokers; it connects when a producer or an admin of it does.
   * @throws the client's error when the local broker does not answer.
   */
  readonly kafka: () => Promise<Kafka>;
  /** The same brokers, for a client of another kind. */
  readonly brokers: BrokerAddresses;
  /** The same for clients that invoke functions. */
  readonly invokeClientConfig: AwsClientConfig;
  /** The topic as it is: asked of the brokers locally, and of the MSK API on AWS, which answers from everywhere. */
  readonly topic: () => Promise<TopicDescription>;
  /** Has metrics published that would be later; on AWS nothing can do that. */
  readonly publishMetrics: () => Promise<void>;
  /** The metrics that the alarms watch which are judged on this machine; none where CloudWatch judges them. */
  readonly watchedMetrics: () => Promise<readonly WatchedMetric[]>;
  /** The event source mappings that run on this machine; none for a stage on AWS, where Lambda runs them. */
  readonly mappings: () => Promise<readonly MappingReport[]>;
}

export interface BrokerAddresses {
  /** `host:port` each. */
  readonly brokers: readonly string[];
  /** TLS with a token for each connection; absent: plain text. */
  readonly token?: () => Promise<string>;
}

/** The shared settings of a target's AWS SDK clients. On AWS, the SDK finds the credentials by itself. */
export interface AwsClientConfig {
  readonly region: string;
  readonly endpoint?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** Milliseconds; absent: the SDK's own, which waits for ever for an answer. */
  readonly requestHandler?: {
    readonly connectionTimeout: number;
    readonly requestTimeout: number;
    readonly throwOnRequestTimeout: boolean;
  };
  readonly maxAttempts?: number;
}
