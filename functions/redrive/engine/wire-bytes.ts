import type { KafkaRecord } from '../../kafka/kafka-event.ts';

/** Names, numbers and punctuation of a record in the event. */
const FRAME_BYTES = 200;
/** A header's byte with its sign and comma, at most. */
const HEADER_BYTE = 5;

/** At most so many bytes does a record take in Lambda's Kafka event. */
export function wireBytes({ topic, key, value, headers = [] }: KafkaRecord): number {
  const inHeaders = headers
    .flatMap((header) => Object.entries(header))
    .reduce((sum, [name, bytes]) => sum + name.length * 2 + (bytes?.length ?? 0) * HEADER_BYTE, 0);
  return FRAME_BYTES + topic.length * 2 + (key?.length ?? 0) + (value?.length ?? 0) + inHeaders;
}
