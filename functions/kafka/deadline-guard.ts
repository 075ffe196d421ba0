import type { Deadline } from '../kernel/deadline.ts';

/** A run may take this many times as long as the slowest one so far. */
const WORST_RUN_FACTOR = 2;

/**
 * Says whether a run can still be started, so that the invocation ends with an answer and not with a timeout, after
 * which Lambda delivers the whole batch again.
 * What has started is always waited for. Answering without it would leave it half done in a frozen environment, to go
 * on in the middle of a later invocation; the timeout at least ends it.
 */
export class DeadlineGuard {
  readonly #deadline: Deadline;
  readonly #minRemainingMs: number;
  #worstRunMs = 0;

  constructor(deadline: Deadline, minRemainingMs: number) {
    this.#deadline = deadline;
    this.#minRemainingMs = minRemainingMs;
  }

  hasTimeForRun(): boolean {
    const needed = Math.max(this.#minRemainingMs, this.#worstRunMs * WORST_RUN_FACTOR);
    return this.#deadline.remainingMs() >= needed;
  }

  /** Does a run and remembers how long it took. */
  async timed<T>(run: () => Promise<T>): Promise<T> {
    const before = this.#deadline.remainingMs();
    const result = await run();
    this.#worstRunMs = Math.max(this.#worstRunMs, before - this.#deadline.remainingMs());
    return result;
  }
}
