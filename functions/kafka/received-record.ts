import type { KafkaItemIdentifier, KafkaRecord } from './kafka-event.ts';

/** A record of an event, with the name under which it is reported if it has to come again. */
export interface ReceivedRecord {
  readonly record: KafkaRecord;
  readonly identifier: KafkaItemIdentifier;
}

/**
 * The records of an event, in the order of the event.
 * @throws TypeError when records have no usable coordinates: nothing could be reported one by one, so the whole
 * invocation has to fail. It means that something else than a Kafka event source mapping invokes the function.
 */
export function receivedRecords(event: unknown): readonly ReceivedRecord[] {
  return Object.entries(recordsOf(event)).flatMap(([partition, records]) => {
    if (!Array.isArray(records)) throw notKafka('a partition without a list of records');
    return records.map((record: unknown) => receivedRecord(partition, record));
  });
}

function recordsOf(event: unknown): object {
  const records = isObject(event) && 'records' in event ? event.records : undefined;
  if (!isObject(records)) throw notKafka('no records by partition');
  return records;
}

function receivedRecord(partition: string, record: unknown): ReceivedRecord {
  if (!hasCoordinates(record)) throw notKafka('a record without topic, partition, offset or timestamp');
  return { record, identifier: { partition, offset: record.offset } };
}

/** Key, value and headers may still be anything: `decodeRecord` looks at them. */
function hasCoordinates(record: unknown): record is KafkaRecord {
  return (
    isObject(record) &&
    'topic' in record &&
    typeof record.topic === 'string' &&
    'partition' in record &&
    Number.isSafeInteger(record.partition) &&
    'offset' in record &&
    Number.isSafeInteger(record.offset) &&
    'timestamp' in record &&
    Number.isSafeInteger(record.timestamp)
  );
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function notKafka(found: string): TypeError {
  return new TypeError(
    `This function takes the events of a Lambda event source mapping for Kafka, but the event has ${found}.`,
  );
}
