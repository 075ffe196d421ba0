import type { History, HistoryEvent, Position } from '../history/history.ts';
import type { DeadLetters, ParkedLetter } from '../letters/dead-letters.ts';
import type { Finding, FindingKind, Findings } from '../report/finding.ts';
import type { Fate, Fates } from './fates.ts';
import type { NeverHandled } from './never-handled.ts';

/** The state of a record in a group. `settled`: committed and in no dead-letter queue, so its effect must exist. */
export type Standing =
  | { readonly kind: 'parked'; readonly letter: ParkedLetter }
  | { readonly kind: 'failed' }
  | { readonly kind: 'waiting' }
  | { readonly kind: 'settled' };

/** The facts about a group for the check of its effects. */
export interface GroupEvidence {
  readonly groupId: string;
  readonly history: History;
  readonly letters: DeadLetters;
  /** By partition. */
  readonly committed: ReadonlyMap<number, number>;
  readonly fates: Fates;
  readonly findings: Findings;
  readonly neverHandled: NeverHandled;
  /** Collects, by row, good events that were parked for a reason that can apply to a good event. */
  readonly parkedGood: Map<number, ParkedGood>;
}

/** A good event in a dead-letter queue: somebody must look at it, but it is not lost. */
export interface ParkedGood extends Position {
  readonly orderId: string;
  readonly reason: string;
}

export function standingOf(
  { letters, committed }: Pick<GroupEvidence, 'letters' | 'committed'>,
  { partition, offset }: Position,
): Standing {
  const letter = letters.parkedAt(partition, offset);
  if (letter !== undefined) return { kind: 'parked', letter };
  if (letters.isPointedAt(partition, offset)) return { kind: 'failed' };
  return { kind: offset < (committed.get(partition) ?? 0) ? 'settled' : 'waiting' };
}

export function reportEvent(
  { findings, fates, groupId, history }: GroupEvidence,
  { row, partition, offset }: HistoryEvent,
  { kind, what }: { readonly kind: FindingKind; readonly what: string },
): void {
  const order = history.orderOf(row);
  const orderId = order === undefined ? {} : { orderId: history.orderId(order) };
  findings.add({ kind, group: groupId, ...orderId, partition, offset, what });
  fates.note(row, 'broken');
}

export function reportOrder(
  { findings, groupId, history }: GroupEvidence,
  order: number,
  finding: Pick<Finding, 'kind' | 'what'>,
): void {
  const [first] = history.eventsOf(order);
  const position = first === undefined ? {} : { partition: first.partition, offset: first.offset };
  findings.add({ ...finding, group: groupId, orderId: history.orderId(order), ...position });
}

/** Reports a committed record without an effect. Handling it again repairs this. */
export function reportNeverHandled(evidence: GroupEvidence, event: HistoryEvent, what: string): void {
  reportEvent(evidence, event, { kind: 'missing', what });
  evidence.neverHandled.note(event.row);
}

/** The fate of a record that has no effect and is not settled. */
export function pendingFate({ kind }: Exclude<Standing, { kind: 'settled' }>): Fate {
  return kind;
}
