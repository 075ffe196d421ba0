import { expect, test } from '@jest/globals';
import { planOffsetMoves, type MoveTarget } from '../../../../functions/redrive/offsets/plan-offset-moves.ts';

const PARTITIONS = [
  { partition: 0, start: 10, end: 100, committed: 60 },
  { partition: 1, start: 10, end: 100, committed: undefined },
  { partition: 2, start: 50, end: 100, committed: 20 },
];

test.each<{ story: string; target: MoveTarget; moves: [number | undefined, number, number, number][] }>([
  {
    story: 'the first record that is left',
    target: { kind: 'earliest' },
    moves: [
      [60, 10, 50, 0],
      [undefined, 10, 0, 0],
      [20, 50, 0, 0],
    ],
  },
  {
    story: 'the end',
    target: { kind: 'latest' },
    moves: [
      [60, 100, 0, 40],
      [undefined, 100, 0, 90],
      [20, 100, 0, 50],
    ],
  },
  {
    story: 'thirty records back, as far as there are any',
    target: { kind: 'shift', by: -30 },
    moves: [
      [60, 30, 30, 0],
      [undefined, 10, 0, 0],
      [20, 50, 0, 0],
    ],
  },
  {
    story: 'sixty records on, up to the end',
    target: { kind: 'shift', by: 60 },
    moves: [
      [60, 100, 0, 40],
      [undefined, 70, 0, 60],
      [20, 100, 0, 50],
    ],
  },
  {
    story: 'the offsets of a time, and stays in a partition without one',
    target: {
      kind: 'offsets',
      offsets: new Map([
        [0, 5],
        [2, 70],
      ]),
    },
    moves: [
      [60, 10, 50, 0],
      [20, 70, 0, 20],
    ],
  },
])('a group moves to $story', ({ target, moves }) => {
  const planned = planOffsetMoves(PARTITIONS, target);

  expect(planned.map(({ from, to, again, skipped }) => [from, to, again, skipped])).toEqual(moves);
});

test('no move leads outside of the records that are there, or counts records that are not', () => {
  const shifts = [-1_000, -61, -50, -1, 0, 1, 40, 41, 1_000];

  const planned = shifts.flatMap((by) => planOffsetMoves(PARTITIONS, { kind: 'shift', by }));

  const wrong = planned.filter(({ partition, to, again, skipped }) => {
    const { start = 0, end = 0, committed } = PARTITIONS[partition] ?? {};
    const at = Math.max(committed ?? start, start);
    return to < start || to > end || at - again + skipped !== to || (again > 0 && skipped > 0);
  });
  expect(wrong).toEqual([]);
});
