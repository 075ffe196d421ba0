import type { ShownLetter } from '../../functions/redrive/operations/show.ts';

/** One row of a dead-letter queue, with its record, as text. */
export function showText({ row, message, supersededBy, records, moreRecords, text }: ShownLetter): string {
  const facts: readonly (readonly [string, string | number | undefined])[] = [
    ['kind', row.kind],
    ['reason', row.reason],
    ['message', message],
    ['order', row.orderId],
    ['first seen', row.firstSeen],
    ['messages', row.messages],
    ['redriven', row.redriven],
    ['state', row.state],
    ['superseded by', supersededBy],
    ['hours left', row.hoursLeft],
  ];
  return [
    row.id,
    ...facts.flatMap(([name, value]) => (value === undefined ? [] : [`  ${name.padEnd(14)}${value}`])),
    ...records.flatMap(({ partition, offset, time, key, headers, value, valueIs }) => [
      '',
      `record ${partition}:${offset}, ${time}, key ${key ?? 'none'}`,
      ...Object.entries(headers).map(([name, header]) => `  ${name}: ${header}`),
      valueIs === 'json' ? JSON.stringify(value, null, 2) : `${valueIs}: ${String(value)}`,
    ]),
    ...(moreRecords ? ['', 'More records of the range are not shown: name one of them.'] : []),
    ...(text === undefined ? [] : ['', text]),
  ].join('\n');
}
