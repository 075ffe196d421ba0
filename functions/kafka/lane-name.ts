import type { KafkaRecord } from './kafka-event.ts';

/** Names the lane of a record: its partition and key. Base64 holds no space, so the name is unique. */
export function laneName({
  topic,
  partition,
  key,
}: Pick<KafkaRecord, 'topic' | 'partition' | 'key'>): string {
  return `${keyOf(key)} ${topic}-${partition}`;
}

/** Whether a record has a key; without one (absent, null or empty), the records of a partition share a lane. */
export function hasKey({ key }: Pick<KafkaRecord, 'key'>): boolean {
  return keyOf(key) !== '';
}

/** Empty without a key; what comes from the wire may be anything. */
export function keyOf(key: unknown): string {
  return typeof key === 'string' ? key : '';
}
