import type { KafkaHeader } from './kafka-event.ts';
import type { TopicPartitionOffset } from '../kernel/topic-partition-offset.ts';

/** A decoded record. */
export interface ConsumerRecord<V> extends TopicPartitionOffset {
  /** Epoch milliseconds. */
  readonly timestamp: number;
  /** Base64 as received, since a key may be any bytes; undefined without a key (absent, null or empty). */
  readonly key: string | undefined;
  /** As received, in the order in which the producer set them; `decodeHeaders` gives their names and bytes. */
  readonly headers: readonly KafkaHeader[];
  readonly value: V;
}

/** A name may repeat. */
export interface RecordHeader {
  readonly key: string;
  readonly value: Uint8Array;
}
