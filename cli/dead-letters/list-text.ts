import type { LetterList } from '../../functions/redrive/operations/list.ts';
import { plainTable } from '../terminal/plain-table.ts';

const NONE = '-';

/** Formats the content of a dead-letter queue. */
export function listText({ consumer, rows, moreRows, messages, withOthers }: LetterList): string {
  const held =
    withOthers === 0
      ? []
      : [`About ${withOthers} more messages are hidden, because somebody else is reading them.`];
  if (rows.length === 0) return [`The dead-letter queue of ${consumer} is empty.`, ...held].join('\n');
  const table = plainTable({
    head: ['id', 'kind', 'reason', 'order', 'first seen', 'redriven', 'hours left', 'state'],
    rows: rows.map((row) => [
      row.id,
      row.kind,
      row.reason,
      row.orderId ?? NONE,
      row.firstSeen.slice(0, 19).replace('T', ' '),
      row.redriven,
      row.hoursLeft ?? NONE,
      row.state,
    ]),
    alignRight: [5, 6],
  });
  const more = moreRows === 0 ? [] : [`${moreRows} more rows are not shown.`];
  return [
    table,
    ...more,
    `${countOf(rows.length + moreRows, 'row')} of ${countOf(messages, 'message')}.`,
    ...held,
  ].join('\n');
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
