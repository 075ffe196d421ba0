import type { TopicPartitionOffset } from '../../kernel/topic-partition-offset.ts';

/**
 * Remembers attempts across invocations, outside of the function: an attempt that ends the process cannot count itself.
 * Every method may be called twice with the same arguments without counting twice.
 */
export interface AttemptMemory {
  /** Notes that an attempt begins. @returns how many attempts are noted now, this one included. Rejects when nothing was noted. */
  begin(record: TopicPartitionOffset, attempt: string): Promise<number>;
  /** Takes the note of one attempt back. Rejects when it may still be there. */
  end(record: TopicPartitionOffset, attempt: string): Promise<void>;
  /** Takes every note of a record back. Rejects when some may still be there. */
  forget(record: TopicPartitionOffset): Promise<void>;
}
