import { expect, test } from '@jest/globals';
import { EventInvocations, waitInBackground } from '../../../local/lambda/event-invocations.ts';
import type { Outcome } from '../../../local/lambda/outcome.ts';
import { functionNotFound, throttled } from '../../../local/lambda/service-errors.ts';

const SUCCEEDED: Outcome = { payload: Buffer.from('null') };
const FAILED: Outcome = {
  payload: Buffer.from('{}'),
  failure: { status: 'error', errorType: 'Error' },
};
const THROTTLED = throttled('ConcurrentInvocationLimitExceeded');

/** Plays the attempts one after another (the last one for ever) and notes the pauses between them. */
async function submit(...attempts: readonly (Outcome | Error)[]) {
  const waits: number[] = [];
  let calls = 0;
  const events = new EventInvocations(async (milliseconds) => {
    waits.push(milliseconds);
  });
  await events.submit(async () => {
    const attempt = attempts[Math.min(calls, attempts.length - 1)];
    calls += 1;
    if (attempt instanceof Error || attempt === undefined) throw attempt;
    return attempt;
  });
  return { calls, waits };
}

test.each([
  { story: 'a success', attempts: [SUCCEEDED], calls: 1, waits: [] },
  { story: 'an error that passes', attempts: [FAILED, SUCCEEDED], calls: 2, waits: [60_000] },
  { story: 'an error that stays', attempts: [FAILED], calls: 3, waits: [60_000, 120_000] },
  {
    story: 'throttles, which use no retry',
    attempts: [THROTTLED, THROTTLED, FAILED, THROTTLED, FAILED, FAILED],
    calls: 6,
    waits: [1000, 2000, 60_000, 1000, 120_000],
  },
  { story: 'a function that was deleted', attempts: [functionNotFound('f')], calls: 1, waits: [] },
])('invokes as often as it should after $story', async ({ attempts, calls, waits }) => {
  const done = await submit(...attempts);

  expect(done).toEqual({ calls, waits });
});

test('gives an event up after six hours of throttles', async () => {
  const { waits } = await submit(THROTTLED);

  const hours = waits.reduce((sum, wait) => sum + wait, 0) / 3_600_000;
  expect(hours).toBeGreaterThan(5.9);
  expect(hours).toBeLessThanOrEqual(6);
});

test('ends what waits when it closes', async () => {
  const events = new EventInvocations(waitInBackground);
  const submitted = events.submit(async () => FAILED);

  events.close();

  await expect(submitted).resolves.toBeUndefined();
});
