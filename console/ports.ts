import type { GroupReport, TopicReader } from '@order-events/kafka-tools';
import type { CallsSince } from '../local/environment/control/call-report.ts';
import type { JournalView, LetterListView, ShownLetterView } from './model/failures.ts';
import type { EffectView } from './model/trace.ts';
import type { AlarmsView, FindingView } from './model/watch-views.ts';
import type { MappingReport } from '../local/environment/control/mapping-report.ts';

/** What the console reads of a running environment. Each call asks again. */
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
  readonly letters: LetterSources;
  /** The alarms of the stage, with the changes of their states. */
  readonly alarms: () => Promise<AlarmsView>;
  /** What the doctor finds in these groups. */
  readonly findings: (groups: readonly GroupReport[]) => Promise<readonly FindingView[]>;
}

/** What the console reads of dead-letter queues. Each call asks again, and leaves every message where it is. */
export interface LetterSources {
  readonly consumers: readonly { readonly consumer: string; readonly groupId: string }[];
  /** About how many messages wait for each consumer; cheap enough to ask every few seconds. */
  readonly depths: () => Promise<Readonly<Record<string, number>>>;
  readonly list: (consumer: string) => Promise<LetterListView>;
  /** With contact data masked. @throws {Error} when there is no such row. */
  readonly show: (consumer: string, id: string) => Promise<ShownLetterView>;
  readonly journal: (consumer: string, most: number) => Promise<JournalView>;
}
