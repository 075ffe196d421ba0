import { PROMPT_MS } from './timing.ts';

/** How an answer to a send came: as usual, or asking for less, or not at all. */
export type Promptness = 'prompt' | 'pressed';

/** Sends in flight at once. */
interface Bounds {
  readonly first: number;
  readonly most: number;
}

/**
 * How many sends may be in flight after an answer, at least one: one more for each full round of prompt answers, half as
 * many after a pressed one. So the rate settles where the provider, or the account's quota, keeps up.
 * @see https://docs.aws.amazon.com/ses/latest/dg/manage-sending-quotas-errors.html
 */
export function nextLimit(limit: number, answer: Promptness, most: number): number {
  return answer === 'prompt' ? Math.min(most, limit + 1 / Math.floor(limit)) : Math.max(1, limit / 2);
}

/**
 * Lets sends to one provider wait for their turn, before anything is claimed for them. It lives as long as the
 * environment, and learns from all batches.
 */
export class SendLimit {
  readonly #waiting: (() => void)[] = [];
  readonly #most: number;
  readonly #nowMs: () => number;
  #limit: number;
  #inFlight = 0;
  #loweredAtMs = -Infinity;

  /** `nowMs` gives milliseconds of any clock. */
  constructor({ first, most }: Bounds, nowMs: () => number) {
    this.#limit = first;
    this.#most = most;
    this.#nowMs = nowMs;
  }

  /** Does a piece of work when it is its turn, first come first served. */
  async inTurn<T>(work: () => Promise<T>): Promise<T> {
    await this.#turn();
    try {
      return await work();
    } finally {
      this.#leave();
    }
  }

  /** Lets others go on while a piece of work waits for something else, and waits for a turn again then. */
  async stepAside(wait: () => Promise<void>): Promise<void> {
    this.#leave();
    try {
      await wait();
    } finally {
      await this.#turn();
    }
  }

  /** Learns from a send, within a turn. */
  async learnFrom<T>(send: () => Promise<T>, promptness: (result: T) => Promptness): Promise<T> {
    const startedAtMs = this.#nowMs();
    const result = await send();
    this.#learn(startedAtMs, promptness(result));
    return result;
  }

  async #turn(): Promise<void> {
    if (this.#hasRoom()) {
      this.#inFlight += 1;
      return;
    }
    await new Promise<void>((resolve) => void this.#waiting.push(resolve));
  }

  #leave(): void {
    this.#inFlight -= 1;
    while (this.#hasRoom()) {
      const start = this.#waiting.shift();
      if (start === undefined) return;
      this.#inFlight += 1;
      start();
    }
  }

  #hasRoom(): boolean {
    return this.#inFlight < Math.floor(this.#limit);
  }

  /** Sends that were under way when the limit fell say nothing about the lower one. */
  #learn(startedAtMs: number, answered: Promptness): void {
    const nowMs = this.#nowMs();
    const answer = nowMs - startedAtMs > PROMPT_MS ? 'pressed' : answered;
    if (answer === 'pressed') {
      if (startedAtMs < this.#loweredAtMs) return;
      this.#loweredAtMs = nowMs;
    }
    this.#limit = nextLimit(this.#limit, answer, this.#most);
  }
}
