import type { GroupReport, TopicReader } from '@order-events/kafka-tools';
import type { CallsSince } from '../local/environment/control/call-report.ts';
import type { EffectView } from './model/trace.ts';
import type { MappingReport } from '../local/environment/control/mapping-report.ts';

/** What the console reads of a running environment. Each call asks anew. */
export interface ConsoleSources {
  readonly topic: string;
  /** Every consumer group on the brokers. @throws {Error} when they do not answer. */
  readonly groups: () => Promise<readonly GroupReport[]>;
  /** The event source mappings that run here, with their pollers. */
  readonly mappings: () => Promise<readonly MappingReport[]>;
  /** Calls of functions that changed after a revision. */
  readonly callsSince: (revision: number) => Promise<CallsSince>;
  /** Reads the topic's records. */
  readonly records: TopicReader;
  /** What the groups brought about for an order. */
  readonly effects: (orderId: string) => Promise<readonly EffectView[]>;
}
