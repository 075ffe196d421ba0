import { setTimeout as sleep } from 'node:timers/promises';
import type { Outcome } from './outcome.ts';
import { ServiceError } from './service-errors.ts';

/** Resolves after that many milliseconds; rejects when the signal aborts first. */
export type Wait = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** How long after a function error the event is sent again; an event whose last retry fails too is discarded. */
const RETRY_DELAYS_MS = [60_000, 120_000] as const;

/** How long events wait for a function that is throttled or out of order. */
const MAX_EVENT_AGE_MS = 6 * 3_600_000;
const FIRST_BACKOFF_MS = 1000;
const MAX_BACKOFF_MS = 300_000;

export const waitInBackground: Wait = async (milliseconds, signal) => {
  await sleep(milliseconds, undefined, { signal, ref: false });
};

/**
 * Lambda's queue for invocations whose caller does not wait: two retries after function errors, and up to six hours
 * of growing pauses while the function is throttled.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-error-handling.html
 */
export class EventInvocations {
  readonly #wait: Wait;
  readonly #closing = new AbortController();

  constructor(wait: Wait) {
    this.#wait = wait;
  }

  /** Invokes now and as often as the rules above say. Resolves when the event is done, discarded or the queue closed. */
  async submit(invoke: () => Promise<Outcome>): Promise<void> {
    try {
      for (const delay of [...RETRY_DELAYS_MS, undefined]) {
        const outcome = await this.#invokeWhenPossible(invoke);
        if (outcome?.failure === undefined || delay === undefined) return;
        await this.#wait(delay, this.#closing.signal);
      }
    } catch (error) {
      if (!this.#closing.signal.aborted) throw error;
    }
  }

  /** Gives up everything that waits. */
  close(): void {
    this.#closing.abort();
  }

  /** Gives undefined when the event became too old, or when the function is not there any more. */
  async #invokeWhenPossible(invoke: () => Promise<Outcome>): Promise<Outcome | undefined> {
    let waitedMs = 0;
    for (let backoffMs = FIRST_BACKOFF_MS; ; backoffMs = Math.min(backoffMs * 2, MAX_BACKOFF_MS)) {
      try {
        return await invoke();
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error;
        if (error.status < 429) return undefined;
      }
      waitedMs += backoffMs;
      if (waitedMs > MAX_EVENT_AGE_MS) return undefined;
      await this.#wait(backoffMs, this.#closing.signal);
    }
  }
}
