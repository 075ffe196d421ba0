import type { JournalView, LetterListView } from '../model/failures.ts';
import type { RecordFate } from '../model/trace.ts';
import type { Failures } from './failures.ts';

/** What became of records that a group gave up, by partition and offset. */
export type FateOf = (groupId: string, partition: number, offset: number) => RecordFate | undefined;

/** After one of these, a redriven record is out of the queue. */
const SETTLED = new Set(['applied', 'leftOut']);

/**
 * Reads what is known of given-up records. A queue that is empty is not looked into.
 *
 * @throws the client's error when queues or journals cannot be read.
 */
export async function readRecordFates(
  failures: Pick<Failures, 'queues' | 'list' | 'journal'>,
): Promise<FateOf> {
  const known = await Promise.all(
    failures.queues().map(async ({ consumer, groupId, depth }) => {
      const [list, journal] = await Promise.all([
        depth === 0 ? undefined : failures.list(consumer),
        failures.journal(consumer),
      ]);
      return { consumer, groupId, list, journal };
    }),
  );
  return (groupId, partition, offset) => {
    const found = known.find((one) => one.groupId === groupId);
    if (found === undefined) return undefined;
    const { consumer, list, journal } = found;
    return (
      parkedFate(consumer, list, { partition, offset }) ?? redrivenFate(journal, `${partition}:${offset}`)
    );
  };
}

function parkedFate(
  consumer: string,
  list: LetterListView | undefined,
  record: { readonly partition: number; readonly offset: number },
): RecordFate | undefined {
  const row = list?.rows.find(
    ({ partition, offset = Number.NaN, lastOffset = offset }) =>
      partition === record.partition && offset <= record.offset && lastOffset >= record.offset,
  );
  if (row === undefined) return undefined;
  const { id, reason, state, redriven } = row;
  return { kind: 'parked', consumer, id, reason, state, redriven };
}

function redrivenFate({ entries }: JournalView, id: string): RecordFate | undefined {
  for (const { operation, atMs, by, outcomes } of entries) {
    if (operation !== 'redrive') continue;
    const [outcome] = Object.entries(outcomes).find(([, ids]) => ids.includes(id)) ?? [];
    const [word = ''] = outcome?.split(' ') ?? [];
    if (SETTLED.has(word)) return { kind: 'redriven', at: atMs, by, hadEffectBefore: word === 'leftOut' };
  }
  return undefined;
}
