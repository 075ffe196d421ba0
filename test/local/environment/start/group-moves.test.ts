import { describe, expect, test } from '@jest/globals';
import {
  baselineOf,
  movesBack,
  type GroupPosition,
} from '../../../../local/environment/start/group-moves.ts';

/** A group that committed these offsets in partitions 0, 1, …, whose first records have offset 2. */
function at(...committed: readonly (number | undefined)[]): GroupPosition {
  return {
    consumerGroupId: 'g',
    topic: 't',
    offsets: committed.map((offset, partition) => ({ partition, start: 2, end: 100, committed: offset })),
  };
}

describe('a group whose effects were lost', () => {
  test.each([
    {
      story: 'goes back to where it was',
      position: at(10, 7),
      before: { '0': 4, '1': 7 },
      moves: [{ groupId: 'g', topic: 't', offsets: new Map([[0, 4]]), records: 6 }],
    },
    {
      story: 'goes back to the first record of a partition where it had committed nothing',
      position: at(10, undefined),
      before: {},
      moves: [{ groupId: 'g', topic: 't', offsets: new Map([[0, 2]]), records: 8 }],
    },
    {
      story: 'goes back to the first record that is still there',
      position: at(10),
      before: { '0': 1 },
      moves: [{ groupId: 'g', topic: 't', offsets: new Map([[0, 2]]), records: 8 }],
    },
    { story: 'never goes forward', position: at(5), before: { '0': 8 }, moves: [] },
  ])('$story', ({ position, before, moves }) => {
    const planned = movesBack([position], { g: { t: before } });

    expect(planned).toEqual(moves);
  });

  test('goes back to the first records when it is not known where it was', () => {
    const planned = movesBack([at(3)], {});

    expect(planned).toEqual([{ groupId: 'g', topic: 't', offsets: new Map([[0, 2]]), records: 1 }]);
  });
});

test('what is kept of groups is what they have committed', () => {
  const baseline = baselineOf([at(5, undefined)]);

  expect(baseline).toEqual({ g: { t: { '0': 5 } } });
});
