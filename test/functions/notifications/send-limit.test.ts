import { describe, expect, test } from '@jest/globals';
import { nextLimit, SendLimit, type Promptness } from '../../../functions/notifications/send-limit.ts';

describe('the number of sends in flight', () => {
  test.each([
    { story: 'grows by a share after a prompt answer', limit: 4, answer: 'prompt', next: 4.25 },
    { story: 'never grows beyond the most', limit: 10, answer: 'prompt', next: 10 },
    { story: 'is halved after a pressed answer', limit: 8, answer: 'pressed', next: 4 },
    { story: 'never falls below one', limit: 1, answer: 'pressed', next: 1 },
  ] as const)('$story', ({ limit, answer, next }) => {
    expect(nextLimit(limit, answer, 10)).toBe(next);
  });
});

/** A provider whose answers the test gives. */
class Provider {
  nowMs = 0;
  readonly limit = new SendLimit({ first: 4, most: 8 }, () => this.nowMs);
  readonly #open: ((answer: Promptness) => void)[] = [];

  get inFlight(): number {
    return this.#open.length;
  }

  async send(count: number): Promise<void> {
    for (let sent = 0; sent < count; sent += 1) {
      void this.limit.inTurn(() =>
        this.limit.learnFrom(
          () => new Promise<Promptness>((resolve) => void this.#open.push(resolve)),
          (answer) => answer,
        ),
      );
    }
    await settled();
  }

  /** Gives all that are in flight the same answer. */
  async answer(answer: Promptness): Promise<void> {
    for (const resolve of this.#open.splice(0)) resolve(answer);
    await settled();
  }
}

/** All that can go on without another answer has done so. */
async function settled(): Promise<void> {
  await new Promise((resolve) => {
    setImmediate(resolve);
  });
}

describe('sends to a provider', () => {
  test('wait for their turn', async () => {
    const provider = new Provider();

    await provider.send(20);

    expect(provider.inFlight).toBe(4);
  });

  test('become more while answers are prompt', async () => {
    const provider = new Provider();
    await provider.send(20);

    await provider.answer('prompt');

    expect(provider.inFlight).toBe(5);
  });

  test('become half as many for answers of one round that are pressed', async () => {
    const provider = new Provider();
    await provider.send(20);

    provider.nowMs = 1;
    await provider.answer('pressed');

    expect(provider.inFlight).toBe(2);
  });

  test('become fewer when answers are late', async () => {
    const provider = new Provider();
    await provider.send(20);

    provider.nowMs = 1_001;
    await provider.answer('prompt');

    expect(provider.inFlight).toBe(2);
  });

  test('make room while one of them waits for something else', async () => {
    const provider = new Provider();
    const waiting = Promise.withResolvers<void>();
    void provider.limit.inTurn(() => provider.limit.stepAside(() => waiting.promise));

    await provider.send(20);
    const inFlight = provider.inFlight;
    waiting.resolve();
    await provider.answer('prompt');

    expect(inFlight).toBe(4);
    expect(provider.inFlight).toBe(5);
  });

  test('go on after one that threw', async () => {
    const limit = new SendLimit({ first: 1, most: 1 }, () => 0);
    const failing = limit.inTurn(() => Promise.reject(new Error('planted')));

    const next = limit.inTurn(() => Promise.resolve('sent'));

    await expect(failing).rejects.toThrow('planted');
    await expect(next).resolves.toBe('sent');
  });
});
