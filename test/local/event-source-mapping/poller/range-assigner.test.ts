import { expect, test } from '@jest/globals';
import { assignRanges } from '../../../../local/event-source-mapping/poller/range-assigner.ts';

const SIX = [0, 1, 2, 3, 4, 5];

function ranges(members: readonly string[], partitions: readonly number[]): Record<string, number[]> {
  const assignments = assignRanges(members, new Map([['orders', partitions]]));
  return Object.fromEntries(
    assignments.map(({ memberId, assignment }) => [memberId, assignment['orders'] ?? []]),
  );
}

test.each([
  ['one member reads all', ['a'], SIX, { a: SIX }],
  [
    'members get consecutive ranges in the order of their ids',
    ['b', 'a'],
    SIX,
    { a: [0, 1, 2], b: [3, 4, 5] },
  ],
  [
    'the first members take the rest of the division',
    ['a', 'b', 'c', 'd'],
    SIX,
    { a: [0, 1], b: [2, 3], c: [4], d: [5] },
  ],
  ['a member too many stays idle', ['a', 'b', 'c'], [0, 1], { a: [0], b: [1], c: [] }],
  ['partitions are ordered as numbers', ['a', 'b'], [10, 9, 2, 1], { a: [1, 2], b: [9, 10] }],
])('%s', (_story, members, partitions, expected) => {
  const assigned = ranges(members, partitions);

  expect(assigned).toEqual(expected);
});
