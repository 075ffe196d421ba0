import type { PollerChild } from './poller-child.ts';

/** Waits until pollers have a new assignment, which means that the rebalance of their group is over. */
export class NextAssignments {
  readonly #waiting = new Map<PollerChild, () => void>();
  readonly #schedule: (callback: () => void, delayMs: number) => () => void;

  /** @param schedule - calls back later; the returned function cancels it. */
  constructor(schedule: (callback: () => void, delayMs: number) => () => void) {
    this.#schedule = schedule;
  }

  /** Resolves when each of the pollers has a new assignment or has ended, or when the time is over. */
  async ofAll(pollers: readonly PollerChild[], timeoutMs: number): Promise<void> {
    const timeout = Promise.withResolvers<void>();
    const callOff = this.#schedule(timeout.resolve, timeoutMs);
    await Promise.race([Promise.all(pollers.map((poller) => this.#of(poller))), timeout.promise]);
    callOff();
  }

  /** Records that a poller has an assignment, or has ended. */
  endWaitFor(poller: PollerChild): void {
    this.#waiting.get(poller)?.();
    this.#waiting.delete(poller);
  }

  #of(poller: PollerChild): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.set(poller, resolve);
    });
  }
}
