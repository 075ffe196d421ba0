import { describe, expect, test } from '@jest/globals';
import { keyPartitioner } from '@order-events/kafka-tools';
import { partitionChange, percentText } from '../../../lib/topology/partition-growth.ts';

/** The share of hashes that change their remainder, counted one by one over a common multiple of both counts. */
function countedShare(from: number, to: number): number {
  const hashes = from * to;
  let moved = 0;
  for (let hash = 0; hash < hashes; hash += 1) if (hash % from !== hash % to) moved += 1;
  return moved / hashes;
}

function sharesUpTo(most: number): { from: number; to: number }[] {
  const counts = Array.from({ length: most }, (_, index) => index + 1);
  return counts.flatMap((from) => counts.filter((to) => to > from).map((to) => ({ from, to })));
}

describe('the share of keys that a growth moves', () => {
  test('is what counting every hash gives, for each pair of counts up to 40', () => {
    const pairs = sharesUpTo(40);

    const calculated = pairs.map(({ from, to }) => partitionChange(from, to));

    const counted = pairs.map(({ from, to }) => ({
      kind: 'grows',
      from,
      to,
      movedShare: expect.closeTo(countedShare(from, to), 9),
    }));
    expect(calculated).toEqual(counted);
  });

  test.each([
    [6, 12],
    [6, 7],
    [6, 8],
    [3, 200],
    [1, 2],
  ])(
    "is within three percent of what Kafka's partitioner does with 5,000 keys, from %d to %d",
    (from, to) => {
      const [before, after] = [keyPartitioner(from), keyPartitioner(to)];
      const keys = Array.from({ length: 5_000 }, (_, index) => `order-${index * 7_919}`);

      const moved = keys.filter((key) => before(key) !== after(key)).length / keys.length;

      const change = partitionChange(from, to);
      expect(Math.abs((change.kind === 'grows' ? change.movedShare : 0) - moved)).toBeLessThan(0.03);
    },
  );

  test('is half of the keys when the count doubles', () => {
    expect(partitionChange(6, 12)).toEqual({ kind: 'grows', from: 6, to: 12, movedShare: 0.5 });
  });
});

test.each([
  [0, '0 %'],
  [0.001, '1 %'],
  [0.5, '50 %'],
  [0.999, '99 %'],
  [1, '100 %'],
])('a share of %d reads %s', (share, text) => {
  expect(percentText(share)).toBe(text);
});
