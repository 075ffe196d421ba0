import { describe, expect, test } from '@jest/globals';
import { keyPartitioner, type TopicReader } from '@order-events/kafka-tools';
import { planText } from '../../../cli/topics/growth-text.ts';
import { requireGrowth, sampleKeys } from '../../../cli/topics/plan-growth.ts';

interface Stored {
  readonly partition: number;
  readonly key: string | null;
}

/** A topic with these records, numbered from 0 in each partition. */
function aTopic(partitions: number, records: readonly Stored[]): Pick<TopicReader, 'bounds' | 'read'> {
  const of = (partition: number): readonly Stored[] => records.filter((one) => one.partition === partition);
  return {
    bounds: () =>
      Promise.resolve(
        new Map(Array.from({ length: partitions }, (_, one) => [one, { start: 0, end: of(one).length }])),
      ),
    read: async function* (partition, from, to) {
      for (const [index, { key }] of of(partition).slice(from, to).entries()) {
        yield await Promise.resolve({
          topic: 'orders',
          partition,
          offset: from + index,
          timestamp: 0,
          timestampType: 'CREATE_TIME' as const,
          key: key === null ? null : Buffer.from(key),
          value: null,
          headers: [],
        });
      }
    },
  };
}

function placed(keys: readonly string[], partitions: number): Stored[] {
  const partitionOf = keyPartitioner(partitions);
  return keys.map((key) => ({ key, partition: partitionOf(key) }));
}

const ORDERS = Array.from({ length: 60 }, (_, index) => `order-${index}`);

describe('the keys on a topic', () => {
  test('are compared by their current and their future partition', async () => {
    const sample = await sampleKeys(aTopic(2, placed(ORDERS, 2)), { from: 2, to: 3 }, { mostRecords: 1_000 });

    const [before, after] = [keyPartitioner(2), keyPartitioner(3)];
    const moving = ORDERS.filter((key) => before(key) !== after(key));
    const ofPartition = (partition: number) => {
      const leaving = moving.filter((key) => before(key) === partition);
      return {
        partition,
        keys: ORDERS.filter((key) => before(key) === partition).length,
        moved: leaving.length,
        to: [...new Set(leaving.map((key) => after(key)))].toSorted((a, b) => a - b),
      };
    };
    expect(sample).toEqual({
      records: 60,
      withoutKey: 0,
      keys: 60,
      moved: moving.length,
      elsewhere: 0,
      partitions: [ofPartition(0), ofPartition(1)],
    });
  });

  test('are those of the newest records only', async () => {
    const old = placed(['order-old'], 1);
    const newer = placed(['order-a', 'order-b', 'order-a'], 1);

    const sample = await sampleKeys(aTopic(1, [...old, ...newer]), { from: 1, to: 2 }, { mostRecords: 3 });

    expect({ records: sample?.records, keys: sample?.keys }).toEqual({ records: 3, keys: 2 });
  });

  test('count separately when another partitioner has placed them, and when they have no key', async () => {
    const [key = ''] = ORDERS;
    const other = { key, partition: 1 - keyPartitioner(2)(key) };

    const sample = await sampleKeys(
      aTopic(2, [other, { key: null, partition: 0 }]),
      { from: 2, to: 4 },
      { mostRecords: 10 },
    );

    expect(sample).toMatchObject({ records: 2, withoutKey: 1, keys: 1, moved: 0, elsewhere: 1 });
  });

  test('are none on an empty topic', async () => {
    expect(await sampleKeys(aTopic(2, []), { from: 2, to: 4 }, { mostRecords: 10 })).toBeUndefined();
  });
});

describe('a growth', () => {
  test('is refused to fewer partitions, with the reason', () => {
    expect(() => requireGrowth('orders', 6, 3)).toThrow(
      'orders has 6 partitions and cannot shrink to 3. Kafka cannot remove partitions: their records would be gone. Create a ' +
        'new topic with fewer partitions and move the consumers.',
    );
  });

  test('is refused to as many partitions as there are', () => {
    expect(() => requireGrowth('orders', 6, 6)).toThrow('orders has 6 partitions already.');
  });

  test('is explained with the share of all keys, the keys on the topic and what happens to order', () => {
    const text = planText({
      topic: 'orders',
      from: 1,
      to: 2,
      movedShare: 0.5,
      sample: {
        records: 9,
        withoutKey: 1,
        keys: 5,
        moved: 1,
        elsewhere: 1,
        partitions: [{ partition: 0, keys: 4, moved: 1, to: [1] }],
      },
    });

    expect(text.split('\n').slice(0, 10)).toEqual([
      'orders: from 1 to 2 partitions',
      '',
      '50 % of all keys get another partition: the partition of a key is its hash modulo the number of partitions.',
      '',
      'Keys in the newest 9 records: 4, of which 1 move (25 %).',
      ' partition  keys  stay  move  to',
      '         0     4     3     1  1',
      'Records without a key, whose order does not matter: 1.',
      "Other keys, which are not where Kafka's partitioner would put them: 1. They were sent with another partitioner, or before an " +
        'earlier growth.',
      '',
    ]);
  });
});
