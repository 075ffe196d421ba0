import type { TopicPartitionOffset } from '../kernel/topic-partition-offset.ts';

/** A decoded record. */
export interface ConsumerRecord<V> extends TopicPartitionOffset {
  /** Epoch milliseconds. */
  readonly timestamp: number;
  /** Base64 as received, since a key may be any bytes; undefined without a key (absent, null or empty). */
  readonly key: string | undefined;
  /** In the order in which the producer set them; a name may repeat. */
  readonly headers: readonly RecordHeader[];
  readonly value: V;
}

export interface RecordHeader {
  readonly key: string;
  readonly value: Uint8Array;
}
