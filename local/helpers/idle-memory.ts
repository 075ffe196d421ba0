/** The quiet time after which a process counts as idle, in milliseconds. */
const QUIET_MS = 4_000;
const LOOK_EVERY_MS = 2_000;

export interface IdleMemoryDeps {
  /** Milliseconds of any clock that never goes back. */
  readonly now: () => number;
  readonly giveBack: () => void;
}

/**
 * Gives memory back once in each quiet time. The modules of a start, or a burst of records, leave a process with twice the heap that it
 * needs, and Node.js alone keeps it.
 */
export class IdleMemory {
  readonly #deps: IdleMemoryDeps;
  #workedAt: number;
  #given = false;

  constructor(deps: IdleMemoryDeps) {
    this.#deps = deps;
    this.#workedAt = deps.now();
  }

  /** Notes that there was work. */
  worked(): void {
    this.#workedAt = this.#deps.now();
    this.#given = false;
  }

  /** Called now and then. */
  look(): void {
    if (this.#given || this.#deps.now() - this.#workedAt < QUIET_MS) return;
    this.#given = true;
    this.#deps.giveBack();
  }
}

/**
 * Keeps the memory of this process small while it is idle. It does nothing unless Node.js was started with `--expose-gc`.
 *
 * @see https://nodejs.org/api/globals.html
 */
export function keepIdleMemorySmall(): IdleMemory {
  const memory = new IdleMemory({ now: () => performance.now(), giveBack });
  setInterval(() => {
    memory.look();
  }, LOOK_EVERY_MS).unref();
  return memory;
}

function giveBack(): void {
  globalThis.gc?.({ execution: 'sync', flavor: 'last-resort', type: 'major' });
}
