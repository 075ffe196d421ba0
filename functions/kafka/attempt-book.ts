import type { Deadline } from '../kernel/deadline.ts';
import type { TopicPartitionOffset } from '../kernel/topic-partition-offset.ts';
import type { AttemptMemory } from './attempt-memory.ts';

/** Time and chance, as the outside gives them. */
export interface Waiting {
  readonly pause: (ms: number) => Promise<void>;
  /** From 0 to below 1. */
  readonly random: () => number;
}

interface Attempt {
  readonly record: TopicPartitionOffset;
  readonly attempt: string;
}

const BASE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** What a call to the memory may take, its own tries included. */
const TIME_FOR_A_CALL_MS = 2_000;

/**
 * Keeps the memory of attempts true although the memory may be away for a while: an attempt that ended is taken back again
 * and again while there is time, and else by the next invocation of this execution environment. What remains noted is an
 * attempt whose process ended.
 */
export class AttemptBook {
  readonly #memory: AttemptMemory;
  readonly #waiting: Waiting;
  #unended: readonly Attempt[] = [];

  constructor(memory: AttemptMemory, waiting: Waiting) {
    this.#memory = memory;
    this.#waiting = waiting;
  }

  /** Notes an attempt. @returns how many are noted. Rejects when the memory is away: then nothing must be attempted. */
  async begin(record: TopicPartitionOffset, attempt: string): Promise<number> {
    await this.#endWhatIsLeft();
    return this.#memory.begin(record, attempt);
  }

  /** Takes an attempt back; never rejects. */
  async end(record: TopicPartitionOffset, attempt: string, deadline: Deadline): Promise<void> {
    for (let tries = 0; ; tries += 1) {
      try {
        await this.#memory.end(record, attempt);
        return;
      } catch {
        if (!(await this.#pauseWithin(deadline, tries))) break;
      }
    }
    this.#unended = [...this.#unended, { record, attempt }];
  }

  /** Takes all attempts of a record back, if the memory answers; else they expire by themselves. */
  async forget(record: TopicPartitionOffset): Promise<void> {
    await this.#memory.forget(record).catch(() => undefined);
  }

  async #endWhatIsLeft(): Promise<void> {
    const left = this.#unended;
    this.#unended = [];
    for (const [index, { record, attempt }] of left.entries()) {
      try {
        await this.#memory.end(record, attempt);
      } catch (error) {
        this.#unended = left.slice(index);
        throw error;
      }
    }
  }

  /** Full jitter below a bound that doubles; false, at once, when there is no time for another try after it. */
  async #pauseWithin(deadline: Deadline, tries: number): Promise<boolean> {
    const ms = this.#waiting.random() * Math.min(LONGEST_PAUSE_MS, BASE_MS * 2 ** tries);
    if (deadline.remainingMs() < ms + TIME_FOR_A_CALL_MS) return false;
    await this.#waiting.pause(ms);
    return true;
  }
}
