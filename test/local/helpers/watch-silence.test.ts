import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { watchSilence } from '../../../local/helpers/watch-silence.ts';

beforeEach(() => {
  jest.useFakeTimers();
});

afterEach(() => {
  jest.useRealTimers();
});

test('silence is reported after each such time, and never while there is activity', () => {
  const told: number[] = [];
  const started = Date.now();
  const watch = watchSilence(20_000, async () => {
    told.push(Date.now() - started);
  });

  jest.advanceTimersByTime(15_000);
  watch.heard();
  jest.advanceTimersByTime(45_000);
  watch.stop();
  jest.advanceTimersByTime(60_000);

  expect(told).toEqual([35_000, 55_000]);
});
