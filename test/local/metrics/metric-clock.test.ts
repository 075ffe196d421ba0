import { expect, test } from '@jest/globals';
import { MINUTE_MS, shortMinutes } from '../../../local/metrics/metric-clock.ts';

const minuteOf = (now: number): number => Math.floor(now / MINUTE_MS);

test('a short minute lasts at least as long as requested', async () => {
  // Before the clock is made, as its first minute begins then.
  const begun = performance.now();
  const clock = shortMinutes(20);
  const { signal } = new AbortController();
  const first = minuteOf(clock.now());
  // A timer that is set after such work ends as much too early.
  while (performance.now() - begun < 8);

  await clock.nextMinute(signal);
  const second = minuteOf(clock.now());
  const lasted = performance.now() - begun;

  expect({ minutes: second - first, atLeast: lasted >= 20 }).toEqual({ minutes: 1, atLeast: true });
});

test('a minute goes on until somebody waits for the next one', async () => {
  const clock = shortMinutes(1);
  const { signal } = new AbortController();
  const first = minuteOf(clock.now());

  await new Promise((resolve) => setTimeout(resolve, 10));
  const late = minuteOf(clock.now());
  await clock.nextMinute(signal);

  expect([late - first, minuteOf(clock.now()) - first]).toEqual([0, 1]);
});
