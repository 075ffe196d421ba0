import type { RecordToProduce } from './produce.ts';
import type { LagOptions } from './wait-for-lag-zero.ts';

/** A local environment that runs, wherever it was started. */
export interface ConnectedMskLocal {
  /** Kafka's bootstrap servers, `host:port` joined by commas, without TLS and authentication. */
  readonly brokers: string;
  /** The AWS endpoint, such as `http://127.0.0.1:4566`; any credentials do. */
  readonly endpoint: string;
  /** The region that the app is deployed to. */
  readonly region: string;
  /** The outputs of the deployed stacks, by the name of the stack and then that of the output. */
  readonly outputs: Readonly<Record<string, Readonly<Record<string, string>>>>;
  /** What is not as on AWS, a line each, as the command line lists it. */
  readonly notAsOnAws: readonly string[];
  /** The absolute path of the folder with the logs of functions, mappings and engines. */
  readonly logsDirectory: string;
  /**
   * Sends records to a topic, in order, and resolves when the broker has them.
   *
   * @param records - a text is the value of a record without a key.
   * @throws {Error} when there is no such topic, naming those that there are, or when the broker does not confirm.
   */
  produce(topic: string, records: readonly (string | RecordToProduce)[]): Promise<void>;
  /**
   * Waits until a consumer group has committed every record of its topics: each was handled, or given up as the mapping
   * says. Records that `produce` has sent before are waited for.
   *
   * @throws {Error} when no mapping has the group, naming those that there are, and when it takes longer than the timeout,
   *   with the lag and the last problem of the mapping.
   */
  waitForLagZero(consumerGroupId: string, options?: LagOptions): Promise<void>;
  /**
   * Reads what a function and Lambda wrote to the function's log so far, a line each; a function that was never invoked
   * has no lines.
   *
   * @param functionName - the deployed name, or a part of it that no other function has, such as the construct's id.
   * @throws {Error} when no function of a mapping has that in its name, or several have, naming them.
   */
  logs(functionName: string): Promise<readonly string[]>;
}

/** A local environment of this process. */
export interface MskLocal extends ConnectedMskLocal, AsyncDisposable {
  /** What `connectMskLocal` takes in another process of the same machine. It lets that process do all that this one may. */
  readonly connection: string;
  /**
   * Stops everything, and resolves when no process of it is left. May be called twice.
   *
   * @throws {Error} with the reason, at the same moment, when the environment had ended by itself, such as by the end of an engine.
   */
  stop(): Promise<void>;
}
