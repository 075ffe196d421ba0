import { expect, test } from '@jest/globals';
import type { TopicReader } from '@order-events/kafka-tools';
import { readKeyShares } from '../../doctor/key-shares.ts';

/** A topic whose partitions hold these keys, from offset 0 on. */
function aTopic(partitions: readonly (readonly (string | null)[])[]): Pick<TopicReader, 'bounds' | 'read'> {
  return {
    bounds: () =>
      Promise.resolve(new Map(partitions.map((keys, index) => [index, { start: 0, end: keys.length }]))),
    read: async function* read(partition, from, to) {
      for (let offset = from; offset < to; offset += 1) {
        const key = partitions[partition]?.[offset] ?? null;
        yield {
          topic: 'order-events',
          partition,
          offset,
          key: key === null ? null : Buffer.from(key),
          value: null,
          headers: [],
          timestamp: 0,
          timestampType: 'CREATE_TIME',
        };
      }
    },
  };
}

/** Records of one key, and then as many of another. */
function repeated(old: string, fresh: string, count: number): readonly string[] {
  return [...Array.from({ length: count }, () => old), ...Array.from({ length: count }, () => fresh)];
}

test('the most frequent keys come first, with their partition', async () => {
  const topic = aTopic([['a', 'b', 'a', null], ['c', 'c', 'c'], []]);

  const shares = await readKeyShares(topic);

  expect(shares).toEqual({
    records: 7,
    top: [
      { key: 'c', partition: 1, records: 3 },
      { key: 'a', partition: 0, records: 2 },
      { key: 'b', partition: 0, records: 1 },
    ],
  });
});

test('of a long topic the same share of each partition is read, from its end', async () => {
  const topic = aTopic([repeated('old-a', 'a', 3_000), repeated('old-b', 'b', 1_000)]);

  const shares = await readKeyShares(topic);

  expect(shares).toEqual({
    records: 2_000,
    top: [
      { key: 'a', partition: 0, records: 1_500 },
      { key: 'b', partition: 1, records: 500 },
    ],
  });
});

test('a key that is long or could move the cursor is shown harmless', async () => {
  const topic = aTopic([[`\u001B[2J${'k'.repeat(60)}`]]);

  const shares = await readKeyShares(topic);

  expect(shares.top.map(({ key }) => key)).toEqual([`?[2J${'k'.repeat(35)}…`]);
});
