import type { EmulatorOptions } from '../configuration/emulator-options.ts';
import type { EventSourceMappingSpec } from '../configuration/event-source-mapping-spec.ts';
import type { FunctionCallReport } from './function-call-report.ts';
import type { MappingProblem } from '../retry/mapping-problem.ts';

/** The configuration of a poller process. Plain JSON, because it is sent to the process. */
export interface PollerSettings {
  readonly mappingId: string;
  /** The function's ARN, as on-failure documents name it. */
  readonly functionArn: string;
  readonly spec: EventSourceMappingSpec;
  readonly options: EmulatorOptions;
  /** Kafka bootstrap servers as the poller reaches them. */
  readonly brokers: readonly string[];
  /** `bootstrapServers` of the event, comma-joined. */
  readonly bootstrapServers: string;
  /** URL of Lambda's Invoke API. */
  readonly lambdaEndpoint: string;
  /** Whose Invoke API that is: the one in front of processes on this machine, or an AWS endpoint's own. */
  readonly invoker: 'processes' | 'endpoint';
  /** The endpoint of the on-failure destination. */
  readonly awsEndpoint: string;
  readonly region: string;
  readonly sessionTimeoutMs: number;
}

export type PollerCommand =
  | { readonly type: 'start'; readonly settings: PollerSettings }
  /** The group is about to change: end the open calls, commit them, begin no other before the next assignment. */
  | { readonly type: 'quiesce' }
  /** End the open calls, commit them, leave the group, exit. */
  | { readonly type: 'stop' };

/** Counts by the name of their mapping metric; never zero. */
export type PollerCounts = Readonly<Record<string, number>>;

/** `ERROR`: records were discarded. */
export type LogLevel = 'WARN' | 'ERROR';

export type PollerEvent =
  | { readonly type: 'assigned'; readonly memberId: string; readonly partitions: readonly number[] }
  | { readonly type: 'rebalancing' }
  /** No call is open, as `quiesce` asked. */
  | { readonly type: 'quiet' }
  | { readonly type: 'generation'; readonly generationId: number }
  | {
      readonly type: 'committed';
      readonly offsets: readonly (readonly [partition: number, offset: number])[];
    }
  | { readonly type: 'counted'; readonly counts: PollerCounts }
  /** How the last call or poll went, as `LastProcessingResult` tells it: `OK`, or what went wrong, without record content. */
  | { readonly type: 'processed'; readonly result: string; readonly problem?: MappingProblem }
  /** A call of the function began or ended. */
  | { readonly type: 'called'; readonly call: FunctionCallReport }
  /** Records up to this offset were read. */
  | { readonly type: 'consumed'; readonly partition: number; readonly offset: number }
  /** Something went wrong; `code` says what kind of thing. */
  | { readonly type: 'log'; readonly level: LogLevel; readonly code: string; readonly message: string };
