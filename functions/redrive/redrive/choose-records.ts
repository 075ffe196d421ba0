import type { Digest } from '../letters/digest.ts';
import { orderIdOf } from '../letters/order-id.ts';
import { MOST_TRIES } from '../memory/operations-memory.ts';
import type { TopicPort } from '../ports.ts';
import type { Collected } from './collect.ts';
import { namedRecords, type NamedRecord } from './named-records.ts';
import { isSelected, type Selection } from './selection.ts';
import type { MissingRecords } from './wanted-ranges.ts';

/** The action for a record: `tried` means that this run has tried it before. */
export type Verdict = 'try' | 'superseded' | 'tried' | 'held' | 'notSelected';

export interface ChosenRecord {
  readonly named: NamedRecord;
  readonly verdict: Verdict;
}

export interface Choice {
  readonly wish: { readonly selection: Selection; readonly force: boolean };
  /** The run whose earlier tries are not repeated. */
  readonly runId?: string;
  /** Records that the run has taken before, of the first ones that it may take. */
  readonly taken?: number;
  readonly onGiven?: (digest: Digest) => void;
  readonly onMissing: (missing: MissingRecords) => void;
}

/** Goes through the records that messages name, by partition and offset, and says of each whether it is to be tried. */
export async function* chooseRecords(
  topic: TopicPort,
  collected: Collected,
  { wish, runId, taken = 0, onGiven = () => undefined, onMissing }: Choice,
): AsyncGenerator<ChosenRecord> {
  let left = (wish.selection.first ?? Number.POSITIVE_INFINITY) - taken;
  for await (const named of namedRecords(collected, { topic, onGiven, onMissing })) {
    if (left <= 0) return;
    const verdict = judge(named, collected, { wish, runId });
    if (verdict === 'try') left -= 1;
    yield { named, verdict };
  }
}

/** When the first message about a record came, epoch milliseconds. */
export function firstSeenMs(
  digests: readonly Digest[],
  { known }: Collected,
  { partition, offset }: { readonly partition: number; readonly offset: number },
): number {
  const noted = known.history(partition, offset)?.firstSeenMs ?? known.nowMs;
  return Math.min(noted, ...digests.map(({ sentAtMs }) => sentAtMs));
}

function judge(
  { wire, digests }: NamedRecord,
  collected: Collected,
  { wish, runId }: { readonly wish: Choice['wish']; readonly runId: string | undefined },
): Verdict {
  const { known } = collected;
  const { topic, partition, offset } = wire;
  if (known.supersession(topic, partition, offset) !== undefined) return 'superseded';
  const runs = known.history(partition, offset)?.runs ?? new Set();
  if (runId !== undefined && runs.has(runId)) return 'tried';
  const selectable = {
    partition,
    reasons: digests.map(reasonOf),
    orderId: orderIdOf(wire),
    ageMs: known.nowMs - firstSeenMs(digests, collected, wire),
  };
  if (!isSelected(wish.selection, selectable)) return 'notSelected';
  return runs.size >= MOST_TRIES && !wish.force ? 'held' : 'try';
}

function reasonOf({ letter }: Digest): string {
  return letter.kind === 'malformed' ? letter.kind : letter.reason;
}
