import type { RetryableFailure } from '../kernel/record-failure.ts';
import type { SendResult } from './ports.ts';

/** Sends in a row whose outcome is unknown until a provider rests: one is a lost answer, three are an outage. */
export const UNKNOWN_IN_A_ROW = 3;

/** Milliseconds of the first rest; each one that ends with another unknown outcome makes the next twice as long. */
export const FIRST_REST_MS = 2_000;

/** Milliseconds that a rest lasts at most, so also what an outage lasts longer for those who wait behind it. */
export const LONGEST_REST_MS = 60_000;

/** The failure of a record whose message was not tried, so that it is delivered again. */
export const PROVIDER_RESTS: RetryableFailure = {
  code: 'provider-resting',
  message: `The provider left ${UNKNOWN_IN_A_ROW} sends in a row without an outcome. It rests, for ${LONGEST_REST_MS / 1_000} s at most, until one message is tried.`,
};

/**
 * A circuit breaker in front of a provider. A send whose outcome is unknown costs more than one that fails: its SMS is
 * parked, its e-mail may go out twice. So once a provider gives no outcomes, few messages are risked on whether it is back:
 * one after each rest. It lives as long as the environment, and learns from all batches.
 * @see https://docs.aws.amazon.com/prescriptive-guidance/latest/cloud-design-patterns/circuit-breaker.html
 */
export class SendBreaker {
  readonly #nowMs: () => number;
  #unknownInARow = 0;
  #rests = 0;
  #restsUntilMs = -Infinity;
  #isProbing = false;

  /** `nowMs` gives milliseconds of any clock. */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs;
  }

  /**
   * Does work that may send, unless the provider rests. After a rest it is done for one message at a time, until `learn`
   * hears of an outcome that is known.
   *
   * @returns undefined, at once and with nothing done, while the provider rests.
   */
  async unlessResting<T>(work: () => Promise<T>): Promise<T | undefined> {
    if (this.#isProbing || this.#nowMs() < this.#restsUntilMs) return undefined;
    const isProbe = this.#rests > 0;
    this.#isProbing = isProbe;
    try {
      return await work();
    } finally {
      if (isProbe) this.#isProbing = false;
    }
  }

  /** Learns from a send. Sends that were under way when a rest began make it no longer. */
  learn({ kind }: SendResult): void {
    if (kind !== 'unknown') {
      this.#unknownInARow = 0;
      this.#rests = 0;
      this.#restsUntilMs = -Infinity;
      return;
    }
    this.#unknownInARow += 1;
    if (this.#nowMs() < this.#restsUntilMs || this.#unknownInARow < UNKNOWN_IN_A_ROW) return;
    this.#restsUntilMs = this.#nowMs() + Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** this.#rests);
    this.#rests += 1;
  }
}
