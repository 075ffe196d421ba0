import { expect, test } from '@jest/globals';
import { rangesText } from '../../kafka-tools/ranges-text.ts';

test.each([
  { numbers: [], ranges: '' },
  { numbers: [4], ranges: '4' },
  { numbers: [2, 0, 1], ranges: '0-2' },
  { numbers: [10, 9, 5, 1, 0], ranges: '0-1, 5, 9-10' },
])('$numbers are written as "$ranges"', ({ numbers, ranges }) => {
  const text = rangesText(numbers);

  expect(text).toBe(ranges);
});
