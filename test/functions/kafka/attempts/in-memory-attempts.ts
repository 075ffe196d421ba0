import { AttemptBook } from '../../../../functions/kafka/attempts/attempt-book.ts';
import type { AttemptMemory } from '../../../../functions/kafka/attempts/attempt-memory.ts';
import type { BatchDependencies } from '../../../../functions/kafka/process-batch.ts';
import type { TopicPartitionOffset } from '../../../../functions/kernel/topic-partition-offset.ts';

/** A memory that outlives invocations, as the table does. It can be away. */
export interface InMemoryAttempts extends AttemptMemory {
  /** The attempts that are noted, by offset. */
  readonly noted: ReadonlyMap<number, ReadonlySet<string>>;
  away: boolean;
}

export function inMemoryAttempts(): InMemoryAttempts {
  const noted = new Map<number, Set<string>>();
  const memory = {
    noted,
    away: false,
    begin: ({ offset }: TopicPartitionOffset, attempt: string) => {
      if (memory.away) return Promise.reject(new Error('the memory is away'));
      const attempts = noted.get(offset) ?? new Set();
      noted.set(offset, attempts.add(attempt));
      return Promise.resolve(attempts.size);
    },
    end: ({ offset }: TopicPartitionOffset, attempt: string) => {
      if (memory.away) return Promise.reject(new Error('the memory is away'));
      noted.get(offset)?.delete(attempt);
      return Promise.resolve();
    },
    forget: ({ offset }: TopicPartitionOffset) => {
      noted.delete(offset);
      return Promise.resolve();
    },
  };
  return memory;
}

/** A pause that is over at once. */
export const pause = (): Promise<void> => Promise.resolve();

/** What a batch needs beside its consumer, with a clock at the time of the test records: none of them is old. */
export function batchSurroundings(
  memory: AttemptMemory = inMemoryAttempts(),
): Pick<BatchDependencies<unknown>, 'attempts' | 'invocationId' | 'nowMs' | 'objectiveMs' | 'pause'> {
  return {
    attempts: new AttemptBook(memory, { pause, random: () => 0.5 }),
    invocationId: 'invocation-1',
    nowMs: () => 1_763_633_700_000,
    objectiveMs: 60_000,
    pause,
  };
}
