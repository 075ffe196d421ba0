interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

/** A clock that stands until it is told to go on. Epoch milliseconds. */
export class VirtualTime {
  #now = 1_700_000_000_000;
  #timers: Timer[] = [];

  get now(): number {
    return this.#now;
  }

  /** Calls back later; the returned function cancels it. */
  schedule(fire: () => void, delayMs: number): () => void {
    const timer: Timer = { at: this.#now + Math.max(0, delayMs), fire };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  }

  /** Waits until the time is over or the signal aborts. */
  async delay(ms: number, signal: AbortSignal): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const callOff = this.schedule(resolve, ms);
    signal.addEventListener('abort', () => {
      resolve();
    });
    if (signal.aborted) resolve();
    await promise;
    callOff();
  }

  /** Lets time pass; whatever a timer starts goes as far as it can before the next one fires. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (let timer = this.#nextUntil(end); timer !== undefined; timer = this.#nextUntil(end)) {
      this.#timers = this.#timers.filter((other) => other !== timer);
      this.#now = timer.at;
      timer.fire();
      await settle();
    }
    this.#now = end;
  }

  #nextUntil(end: number): Timer | undefined {
    return this.#timers.filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at)[0];
  }
}

/** Lets all that can run without time or an answer from outside run. */
export async function settle(): Promise<void> {
  await new Promise(setImmediate);
}
