import {
  describeTopic,
  withAdmin,
  withRecordSender,
  type Kafka,
  type TopicReader,
  type TopicRecord,
} from '@order-events/kafka-tools';
import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import { ORDER_EVENT_HEADERS } from '../../kernel/order-event-headers.ts';
import type { TopicPort } from '../ports.ts';

/** Within them idempotence keeps copies out; a broker that is gone for longer ends the call with an error. */
const RETRIES = 5;

export interface BrokersOfTopic {
  readonly name: string;
  readonly reader: TopicReader;
  readonly kafka: () => Promise<Pick<Kafka, 'admin' | 'producer'>>;
}

export function kafkaTopicPort({ name, reader, kafka }: BrokersOfTopic): TopicPort {
  return {
    name,
    bounds: () => reader.bounds(),
    offsetsAt: (timestampMs) => reader.offsetsAt(timestampMs),
    retentionMs: async () => {
      const { settings } = await withAdmin(await kafka(), (admin) => describeTopic(admin, name));
      const retentionMs = Number(settings['retention.ms'] ?? -1);
      // -1: without end. https://kafka.apache.org/documentation/#topicconfigs_retention.ms
      return retentionMs < 0 ? undefined : retentionMs;
    },
    append: async (record) =>
      withRecordSender(
        await kafka(),
        { topic: name, headers: ORDER_EVENT_HEADERS, retries: RETRIES },
        async (sender) => {
          const [sent] = await sender.send([record]);
          if (sent === undefined) throw new Error('The brokers did not confirm the record; try again.');
          return { partition: sent.partition, offset: sent.offset };
        },
      ),
    read: (partition, from, to) => wireRecords(reader.read(partition, from, to)),
  };
}

async function* wireRecords(records: AsyncIterable<TopicRecord>): AsyncGenerator<KafkaRecord> {
  for await (const record of records) yield wireRecord(record);
}

/** A record as Lambda sends it: key and value in base64, and the bytes of headers signed. */
function wireRecord({ key, value, headers, ...place }: TopicRecord): KafkaRecord {
  return {
    ...place,
    ...(key === null ? {} : { key: key.toString('base64') }),
    ...(value === null ? {} : { value: value.toString('base64') }),
    headers: headers.map(([name, bytes]) => ({ [name]: bytes === null ? null : [...new Int8Array(bytes)] })),
  };
}
