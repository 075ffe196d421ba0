import { expect, test } from '@jest/globals';
import { summarize, summaryText } from '../../../cli/produce/send-summary.ts';

const at = (partition: number, offset: number) => ({ record: { key: 'k', value: '{}' }, partition, offset });

test('counts the records of each partition, with the first and the last offset', () => {
  const sent = [at(10, 5), at(2, 7), at(10, 6), at(10, 9)];

  const summary = summarize(sent, 1_234.5);

  expect(summary).toEqual({
    produced: 4,
    durationMs: 1_235,
    partitions: [
      { partition: 2, records: 1, firstOffset: 7, lastOffset: 7 },
      { partition: 10, records: 3, firstOffset: 5, lastOffset: 9 },
    ],
  });
});

test('is a sentence and a table for a person', () => {
  const summary = summarize([at(0, 5), at(0, 6), at(3, 1)], 85);

  const text = summaryText('order-events', summary);

  expect(text).toBe(
    [
      'Sent 3 records to order-events in 85 ms, acknowledged by all replicas.',
      ' partition  records  offsets',
      '         0        2  5 to 6',
      '         3        1  1',
    ].join('\n'),
  );
});
