import type { KafkaEvent, KafkaRecord } from '../../../functions/kafka/kafka-event.ts';

export const TOPIC = 'order-events';

/** The bytes of a text or of the JSON of anything else, in base64. */
export function base64(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');
}

/** A record as Lambda sends it: key `k`, value `{}`, no headers. */
export function aKafkaRecord(overrides: Partial<KafkaRecord> = {}): KafkaRecord {
  return {
    topic: TOPIC,
    partition: 0,
    offset: 0,
    timestamp: 1_763_633_700_000,
    timestampType: 'CREATE_TIME',
    key: base64('k'),
    value: base64({}),
    headers: [],
    ...overrides,
  };
}

/** An event with these records, each under its partition. */
export function aKafkaEvent(records: readonly KafkaRecord[]): KafkaEvent {
  return {
    eventSource: 'aws:kafka',
    eventSourceArn: 'arn:aws:kafka:eu-central-1:123456789012:cluster/orders/abc',
    bootstrapServers: 'b-1.orders.example.com:9098',
    records: Object.groupBy(
      records,
      ({ topic, partition }) => `${topic}-${partition}`,
    ) as KafkaEvent['records'],
  };
}
