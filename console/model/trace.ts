import type { CallReport } from '../../local/environment/control/call-report.ts';
import type { Calls } from './call-views.ts';
import type { LetterView } from './failures.ts';
import type { GroupView, Overview } from './views.ts';

/** Where the events of an order are, and what became of each in every group. */
export interface TraceView {
  readonly key: string;
  readonly looked: readonly Looked[];
  readonly events: readonly TracedEvent[];
  readonly effects: readonly EffectView[];
  /** Attempts that began before this are not kept; absent: all are. Epoch milliseconds. */
  readonly attemptsSince?: number;
}

/** The part of a partition that was read. */
export interface Looked {
  readonly partition: number;
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** The first offset that the partition still has; above `from` never. */
  readonly start: number;
  readonly tookMs: number;
}

/** A record under the order's key. */
export interface FoundRecord {
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  /** The event's type where the record says one; a name alone, at most 64 characters. */
  readonly type: string;
  readonly bytes: number;
}

export interface TracedEvent extends FoundRecord {
  readonly groups: readonly TracedGroup[];
}

export interface TracedGroup {
  readonly groupId: string;
  /**
   * `waiting`: not committed yet; `working`: in a call; `done`: committed; `parked`: committed without its effect, and in the
   * dead-letter queue; `redriven`: brought back from there.
   */
  readonly state: 'waiting' | 'working' | 'done' | 'parked' | 'redriven' | 'unknown';
  /** Records that the group has to commit before it; only while it waits. */
  readonly ahead?: number;
  readonly attempts: readonly Attempt[];
  /** Of a record that the group gave up. */
  readonly fate?: RecordFate;
}

/** What became of a record that a group gave up. */
export type RecordFate =
  | ({ readonly kind: 'parked'; readonly consumer: string } & Pick<
      LetterView,
      'id' | 'reason' | 'state' | 'redriven'
    >)
  | {
      readonly kind: 'redriven';
      /** Epoch milliseconds. */
      readonly at: number;
      readonly by: string;
      /** Whether it had its effect already, so that the redrive left it out. */
      readonly hadEffectBefore: boolean;
    };

export interface Attempt {
  readonly pid: number;
  readonly startedAt: number;
  readonly attempt: number;
  /** Records in the same call. */
  readonly records: number;
  readonly outcome: 'running' | 'succeeded' | 'failed' | 'notReached' | 'lost';
  readonly tookMs?: number;
  readonly requestId?: string;
}

/** What a group brought about for the order, without anything personal. */
export interface EffectView {
  readonly groupId: string;
  readonly text: string;
}

/** What the trace needs to know beside records. */
export interface TraceFacts {
  readonly overview: Pick<Overview, 'groups'>;
  readonly calls: Calls;
  readonly fateOf: (groupId: string, partition: number, offset: number) => RecordFate | undefined;
}

/** Follows records into every group. */
export function traceRecords(records: readonly FoundRecord[], facts: TraceFacts): readonly TracedEvent[] {
  return records.map((record) => ({
    ...record,
    groups: facts.overview.groups.map((group) => traceInGroup(record, group, facts)),
  }));
}

function traceInGroup(
  { partition, offset }: FoundRecord,
  { groupId, cells }: GroupView,
  { calls, fateOf }: TraceFacts,
): TracedGroup {
  const attempts = calls
    .withRecord(groupId, partition, offset)
    .map((call) => attemptOf(call, partition, offset));
  const fate = fateOf(groupId, partition, offset);
  if (fate !== undefined) return { groupId, state: fate.kind, attempts, fate };
  const { committed, start, status } = cells.find((cell) => cell.partition === partition) ?? {};
  const next = committed ?? start;
  if (next === undefined || status === 'unknown') return { groupId, state: 'unknown', attempts };
  if (next > offset) return { groupId, state: 'done', attempts };
  if (attempts.some(({ outcome }) => outcome === 'running')) return { groupId, state: 'working', attempts };
  return { groupId, state: 'waiting', ahead: offset - next, attempts };
}

function attemptOf(call: CallReport, partition: number, offset: number): Attempt {
  const { pid, startedAt, attempt, end } = call;
  const records = call.partitions.reduce((sum, part) => sum + part.records, 0);
  if (end === undefined) return { pid, startedAt, attempt, records, outcome: 'running' };
  return {
    pid,
    startedAt,
    attempt,
    records,
    outcome: outcomeFor(end, partition, offset),
    tookMs: end.endedAt - startedAt,
    ...(end.requestId === undefined ? {} : { requestId: end.requestId }),
  };
}

function outcomeFor(
  { outcome, failed }: NonNullable<CallReport['end']>,
  partition: number,
  offset: number,
): Attempt['outcome'] {
  switch (outcome) {
    case 'succeeded':
    case 'notReached':
    case 'lost':
      return outcome;
    case 'allFailed':
      return 'failed';
    case 'someFailed':
      return failed.some(([p, o]) => p === partition && o === offset) ? 'failed' : 'succeeded';
  }
}
