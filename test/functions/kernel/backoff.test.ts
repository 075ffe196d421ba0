import { expect, test } from '@jest/globals';
import { backoffMs } from '../../../functions/kernel/backoff.ts';

test.each([
  { story: 'may be nothing', tries: 3, random: 0, ms: 0 },
  { story: 'doubles its range with each try', tries: 1, random: 0.5, ms: 20 },
  { story: 'doubles its range again', tries: 2, random: 0.5, ms: 40 },
  { story: 'never passes a second', tries: 30, random: 0.999, ms: 999 },
])('$story', ({ tries, random, ms }) => {
  const wait = backoffMs(tries, random);

  expect(wait).toBe(ms);
});
