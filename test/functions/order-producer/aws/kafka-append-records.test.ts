import { describe, expect, test } from '@jest/globals';
import { Kafka, logLevel, type Producer, type ProducerConfig, type ProducerRecord } from 'kafkajs';
import { kafkaAppendRecords } from '../../../../functions/order-producer/aws/kafka-append-records.ts';

const PARTITIONS = [0, 1, 2, 3, 4, 5];

const partitionMetadata = PARTITIONS.map((partitionId) => ({
  partitionErrorCode: 0,
  partitionId,
  leader: 1,
  replicas: [1],
  isr: [1],
}));

/** A Kafka without brokers: its producer asks for partitions as kafkajs does, and confirms from an offset by partition. */
function aKafka({
  overrides = {},
  confirmed = PARTITIONS,
}: { overrides?: Partial<Producer>; confirmed?: readonly number[] } = {}) {
  const seen = { configs: [] as ProducerConfig[], sent: [] as ProducerRecord[], calls: [] as string[] };
  const producer = (config: ProducerConfig = {}): Producer => {
    seen.configs.push(config);
    const choose = config.createPartitioner?.();
    return {
      ...new Kafka({ brokers: ['127.0.0.1:1'], logLevel: logLevel.NOTHING }).producer(config),
      connect: async () => void seen.calls.push('connect'),
      disconnect: async () => void seen.calls.push('disconnect'),
      send: (record: ProducerRecord) => {
        seen.calls.push('send');
        seen.sent.push(record);
        const { topic, messages } = record;
        for (const message of messages) choose?.({ topic, partitionMetadata, message });
        return Promise.resolve(
          confirmed.map((partition) => ({
            topicName: topic,
            partition,
            errorCode: 0,
            baseOffset: String(100 * partition),
          })),
        );
      },
      ...overrides,
    };
  };
  return { seen, kafka: { producer } };
}

const records = ['order-1', 'order-2', 'order-1'].map((key) => ({ key, value: `event of ${key}` }));

describe('appending records', () => {
  test('goes by an idempotent producer, confirmed by all in-sync replicas, under the key of each record', async () => {
    const { seen, kafka } = aKafka();

    await kafkaAppendRecords(kafka, 'order-events')(records);

    const headers = { 'content-type': 'application/cloudevents+json; charset=UTF-8' };
    expect(seen.configs).toMatchObject([{ idempotent: true, allowAutoTopicCreation: false }]);
    expect(seen.sent).toEqual([
      { topic: 'order-events', acks: -1, messages: records.map((record) => ({ ...record, headers })) },
    ]);
    expect(seen.calls).toEqual(['connect', 'send', 'disconnect']);
  });

  test('returns the position of each record, in the given order', async () => {
    const { kafka } = aKafka();

    const places = await kafkaAppendRecords(kafka, 'order-events')(records);

    // The partitions that Kafka's own murmur2 hash gives these keys.
    expect(places).toEqual([
      { partition: 4, offset: 400 },
      { partition: 3, offset: 300 },
      { partition: 4, offset: 401 },
    ]);
  });

  test('rejects when the brokers did not confirm a partition', async () => {
    const { kafka } = aKafka({ confirmed: [] });

    const appending = kafkaAppendRecords(kafka, 'order-events')(records);

    await expect(appending).rejects.toThrow(
      'The brokers did not confirm record 1 of 3; send them all again.',
    );
  });

  test.each(['connect', 'send'] as const)('disconnects when it cannot %s', async (step) => {
    const { seen, kafka } = aKafka({ overrides: { [step]: () => Promise.reject(new Error('no broker')) } });

    const appending = kafkaAppendRecords(kafka, 'order-events')(records);

    await expect(appending).rejects.toThrow('no broker');
    expect(seen.calls.at(-1)).toBe('disconnect');
  });
});
