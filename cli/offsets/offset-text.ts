import type { OffsetPlan } from '../../functions/redrive/operations/plan-offsets.ts';
import { plainTable } from '../terminal/plain-table.ts';

/** Formats the changes of a move. @param moved partitions that were moved; undefined while it was only planned. */
export function offsetPlanText({ groupId, topic, moves }: OffsetPlan, moved: number | undefined): string {
  const table = plainTable({
    head: ['partition', 'from', 'to', 'read again', 'skipped'],
    rows: moves.map(({ partition, from, to, again, skipped }) => [
      partition,
      from ?? 'none',
      to,
      again,
      skipped,
    ]),
    alignRight: [0, 1, 2, 3, 4],
  });
  const sum = (of: 'again' | 'skipped'): number => moves.reduce((total, one) => total + one[of], 0);
  return [
    `${groupId} on ${topic}`,
    table,
    `Read again: ${sum('again')} records. Skipped: ${sum('skipped')} records, which this group will never handle.`,
    moved === undefined
      ? 'Nothing was changed. To move the offsets, add --yes.'
      : `Moved ${moved} partitions. The group continues there when you resume its mapping.`,
  ].join('\n');
}
