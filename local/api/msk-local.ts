import type { RecordToProduce } from './produce.ts';
import type { LagOptions } from './wait-for-lag-zero.ts';

/** A running local environment, started by this process or another one. */
export interface ConnectedMskLocal {
  /** Kafka's bootstrap servers, `host:port` joined by commas, without TLS and authentication. */
  readonly brokers: string;
  /** The AWS endpoint, such as `http://127.0.0.1:4566`; any credentials do. */
  readonly endpoint: string;
  /** The region that the app is deployed to. */
  readonly region: string;
  /** The outputs of the deployed stacks, by stack name and then by output name. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** The differences from AWS, one line each, as the command prints them. */
  readonly notAsOnAws: readonly string[];
  /** The absolute path of the folder with the logs of functions, mappings and engines. */
  readonly logsDirectory: string;
  /**
   * Sends records to a topic, in order, and resolves when the broker has them.
   *
   * @param records - a string is the value of a record without a key.
   * @throws {Error} when the topic does not exist (the message lists the existing ones), or when the broker does not
   * acknowledge.
   */
  produce(topic: string, records: readonly (string | RecordToProduce)[]): Promise<void>;
  /**
   * Waits until a consumer group has committed every record of its topics: each record was handled, or discarded
   * under the mapping's rules. The wait includes records that `produce` has sent before.
   *
   * @throws {Error} when no mapping has the group (the message lists the groups), or when the timeout passes (the
   * message has the lag and the mapping's last problem).
   */
  waitForLagZero(consumerGroupId: string, options?: LagOptions): Promise<void>;
  /**
   * Reads the lines that a function and Lambda have written to the function's log so far. A function that was never
   * invoked has no lines.
   *
   * @param functionName - the deployed name, or a unique part of it, such as the construct's id.
   * @throws {Error} when no function of a mapping matches, or several do; the message lists them.
   */
  logs(functionName: string): Promise<readonly string[]>;
}

/** A local environment of this process. */
export interface MskLocal extends ConnectedMskLocal, AsyncDisposable {
  /**
   * The text that `connectMskLocal` takes in another process on the same machine. It gives that process the same
   * rights as this one.
   */
  readonly connection: string;
  /**
   * Stops everything, and resolves when all its processes have ended. A second call has no effect.
   *
   * @throws {Error} with the reason, at the same moment, when the environment had already stopped by itself, for
   *   example because an engine ended.
   */
  stop(): Promise<void>;
}
