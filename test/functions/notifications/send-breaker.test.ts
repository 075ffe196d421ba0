import { describe, expect, test } from '@jest/globals';
import type { SendResult } from '../../../functions/notifications/ports.ts';
import {
  FIRST_REST_MS,
  LONGEST_REST_MS,
  SendBreaker,
  UNKNOWN_IN_A_ROW,
} from '../../../functions/notifications/send-breaker.ts';

const failure = { code: 'provider-unavailable', message: 'planted' } as const;

const RESULTS = {
  sent: { kind: 'sent', messageId: 'message-1' },
  refused: { kind: 'refused', failure },
  unknown: { kind: 'unknown', failure },
} as const satisfies Record<string, SendResult>;

/** A provider that answers as the test says, and the clock. */
class Provider {
  nowMs = 0;
  tries = 0;
  readonly breaker = new SendBreaker(() => this.nowMs);

  /** Tries messages one after the other. @returns for each, whether it was tried. */
  async try(...answers: readonly (keyof typeof RESULTS)[]): Promise<readonly boolean[]> {
    const tried: boolean[] = [];
    for (const answer of answers) {
      const result = await this.breaker.unlessResting(() => {
        this.breaker.learn(RESULTS[answer]);
        return Promise.resolve(true);
      });
      tried.push(result ?? false);
    }
    return tried;
  }
}

const OUTAGE = Array<'unknown'>(UNKNOWN_IN_A_ROW).fill('unknown');

describe('a provider', () => {
  test('rests after three unknown outcomes in a row', async () => {
    const provider = new Provider();

    const tried = await provider.try(...OUTAGE, 'sent');

    expect(tried).toEqual([true, true, true, false]);
  });

  test.each(['sent', 'refused'] as const)(
    'does not rest when one of the outcomes in between is known: %s',
    async (known) => {
      const provider = new Provider();

      const tried = await provider.try('unknown', 'unknown', known, 'unknown', 'unknown', 'sent');

      expect(tried).toEqual([true, true, true, true, true, true]);
    },
  );

  test('gets one message after its rest, and all of them once its outcome is known', async () => {
    const provider = new Provider();
    await provider.try(...OUTAGE);
    provider.nowMs += FIRST_REST_MS;
    const answer = Promise.withResolvers<void>();

    const probe = provider.breaker.unlessResting(() => answer.promise.then(() => 'tried'));
    const besideIt = await provider.try('sent');
    provider.breaker.learn(RESULTS.sent);
    answer.resolve();
    await probe;
    const afterIt = await provider.try('unknown', 'unknown', 'sent');

    expect(besideIt).toEqual([false]);
    expect(afterIt).toEqual([true, true, true]);
  });

  test('gets another message at once when the first after its rest was not sent', async () => {
    const provider = new Provider();
    await provider.try(...OUTAGE);
    provider.nowMs += FIRST_REST_MS;

    const nothingToSend = await provider.breaker.unlessResting(() => Promise.resolve('duplicate'));
    const thrown = provider.breaker.unlessResting(() => Promise.reject(new Error('planted')));
    await expect(thrown).rejects.toThrow('planted');
    const tried = await provider.try('sent');

    expect(nothingToSend).toBe('duplicate');
    expect(tried).toEqual([true]);
  });

  test('rests twice as long each time, up to a minute', async () => {
    const provider = new Provider();
    await provider.try(...OUTAGE);
    const rests: number[] = [];

    for (let rest = 1; rest <= 7; rest += 1) {
      const beganAtMs = provider.nowMs;
      while (!(await provider.try('unknown'))[0]) provider.nowMs += 1_000;
      rests.push(provider.nowMs - beganAtMs);
    }

    expect(rests).toEqual([FIRST_REST_MS, 4_000, 8_000, 16_000, 32_000, LONGEST_REST_MS, LONGEST_REST_MS]);
  });

  test('rests no longer for sends that were under way when its rest began', async () => {
    const provider = new Provider();
    await provider.try(...OUTAGE);

    for (let late = 0; late < 8; late += 1) provider.breaker.learn(RESULTS.unknown);
    provider.nowMs += FIRST_REST_MS;
    const tried = await provider.try('sent');

    expect(tried).toEqual([true]);
  });
});
