import type { PollerChild } from './poller-child.ts';

/** Waits until pollers have got their partitions anew, which tells that a rebalance of their group is over. */
export class NextAssignments {
  readonly #waiting = new Map<PollerChild, () => void>();
  readonly #schedule: (callback: () => void, delayMs: number) => () => void;

  /** @param schedule - calls back later; the returned function calls it off. */
  constructor(schedule: (callback: () => void, delayMs: number) => () => void) {
    this.#schedule = schedule;
  }

  /** Resolves when each of the pollers has got partitions after this call or is gone, or when the time is over. */
  async ofAll(pollers: readonly PollerChild[], timeoutMs: number): Promise<void> {
    const timeout = Promise.withResolvers<void>();
    const callOff = this.#schedule(timeout.resolve, timeoutMs);
    await Promise.race([Promise.all(pollers.map((poller) => this.#of(poller))), timeout.promise]);
    callOff();
  }

  /** The poller has got its partitions, or is gone. */
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
