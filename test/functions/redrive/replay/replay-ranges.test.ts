import { expect, test } from '@jest/globals';
import {
  countOffsets,
  mergeRanges,
  rangeText,
  rangesToReplay,
} from '../../../../functions/redrive/replay/replay-ranges.ts';

const range = (partition: number, first: number, last: number) => ({ partition, first, last });

test('existing records that the group has read are replayed; all others are listed with the reason', () => {
  const readable = [
    { partition: 0, start: 10, committed: 50 },
    { partition: 1, start: 0, committed: undefined },
  ];

  const parts = rangesToReplay([range(0, 5, 60), range(1, 0, 3), range(2, 7, 8)], readable);

  expect(parts).toEqual({
    deleted: [range(0, 5, 9)],
    ranges: [range(0, 10, 49)],
    unread: [range(0, 50, 60), range(1, 0, 3), range(2, 7, 8)],
  });
});

test('each requested offset is in exactly one part', () => {
  const limits = [0, 1, 5, 9, 10, 20];
  const cases = limits.flatMap((start) => [undefined, ...limits].map((committed) => ({ start, committed })));

  const sums = cases.map(({ start, committed }) => {
    const parts = rangesToReplay([range(0, 2, 12)], [{ partition: 0, start, committed }]);
    return [parts.deleted, parts.ranges, parts.unread]
      .map(countOffsets)
      .reduce((sum, count) => sum + count, 0);
  });

  expect(sums).toEqual(cases.map(() => 11));
});

test('ranges are put in order, and overlaps and neighbours become one', () => {
  const ranges = [
    range(1, 5, 6),
    range(0, 8, 9),
    range(0, 1, 3),
    range(0, 4, 4),
    range(0, 2, 3),
    range(1, 1, 2),
  ];

  expect(mergeRanges(ranges)).toEqual([range(0, 1, 4), range(0, 8, 9), range(1, 1, 2), range(1, 5, 6)]);
});

test('a range is shown in the form in which it is typed', () => {
  expect([range(3, 120, 180), range(3, 120, 120)].map(rangeText)).toEqual(['3:120-180', '3:120']);
});
