import { ANSWER_RESERVE_MS, type Deadline } from '../../kernel/deadline.ts';
import { pauseWithin, type Pacing } from '../../kernel/pacing.ts';
import type { TopicPartitionOffset } from '../../kernel/topic-partition-offset.ts';
import type { AttemptMemory } from './attempt-memory.ts';

interface Attempt {
  readonly record: TopicPartitionOffset;
  readonly attempt: string;
}

/** The time limit of a call to the memory, including its own retries. */
const TIME_FOR_A_CALL_MS = 2_000;

/**
 * Keeps the memory of attempts true although the memory may be away for a while: an attempt that ended is taken back again
 * and again while there is time, and else by the next invocation of this execution environment. What remains noted is an
 * attempt whose process ended.
 */
export class AttemptBook {
  readonly #memory: AttemptMemory;
  readonly #pacing: Pacing;
  #unended: readonly Attempt[] = [];

  constructor(memory: AttemptMemory, pacing: Pacing) {
    this.#memory = memory;
    this.#pacing = pacing;
  }

  /** Notes an attempt. @returns how many are noted. Rejects when the memory is away: then nothing must be attempted. */
  async begin(record: TopicPartitionOffset, attempt: string): Promise<number> {
    await this.#endWhatIsLeft();
    return this.#memory.begin(record, attempt);
  }

  /** Takes an attempt back; never rejects. */
  async end(record: TopicPartitionOffset, attempt: string, deadline: Deadline): Promise<void> {
    const limits = { deadline, reserveMs: ANSWER_RESERVE_MS + TIME_FOR_A_CALL_MS };
    for (let tries = 1; ; tries += 1) {
      try {
        await this.#memory.end(record, attempt);
        return;
      } catch {
        if (!(await pauseWithin(limits, this.#pacing, tries))) break;
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
}
