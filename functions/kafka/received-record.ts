import type { KafkaItemIdentifier, KafkaRecord } from './kafka-event.ts';

/** A record of an event, with its place there. */
export interface ReceivedRecord {
  readonly record: KafkaRecord;
  /** The key of the event's `records` that lists it. */
  readonly listedUnder: string;
  /** Its place in the event, from 0 on over all partitions. */
  readonly position: number;
}

/** The name under which a record is reported if it has to come again. */
export function identifierOf({ record, listedUnder }: ReceivedRecord): KafkaItemIdentifier {
  return { partition: listedUnder, offset: record.offset };
}

/**
 * The records of an event, in the order of the event.
 * @throws TypeError when records have no usable coordinates: nothing could be reported one by one, so the whole
 * invocation has to fail. It means that something else than a Kafka event source mapping invokes the function.
 */
export function receivedRecords(event: unknown): readonly ReceivedRecord[] {
  const received: ReceivedRecord[] = [];
  for (const [listedUnder, records] of Object.entries<unknown>(recordsOf(event))) {
    if (!Array.isArray(records)) throw notKafka('a partition without a list of records');
    for (const record of records as readonly unknown[]) {
      if (!hasCoordinates(record)) throw notKafka('a record without topic, partition, offset or timestamp');
      received.push({ record, listedUnder, position: received.length });
    }
  }
  return received;
}

function recordsOf(event: unknown): Readonly<Record<string, unknown>> {
  const records = isObject(event) ? event['records'] : undefined;
  if (!isObject(records)) throw notKafka('no records by partition');
  return records;
}

/** Key, value and headers may still be anything: `decodeRecord` looks at them. */
function hasCoordinates(record: unknown): record is KafkaRecord {
  return (
    isObject(record) &&
    typeof record['topic'] === 'string' &&
    Number.isSafeInteger(record['partition']) &&
    Number.isSafeInteger(record['offset']) &&
    Number.isSafeInteger(record['timestamp'])
  );
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function notKafka(found: string): TypeError {
  return new TypeError(
    `This function takes the events of a Lambda event source mapping for Kafka, but the event has ${found}.`,
  );
}
