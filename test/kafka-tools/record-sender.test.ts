import { describe, expect, test } from '@jest/globals';
import { Kafka, logLevel, type ProducerConfig, type ProducerRecord } from 'kafkajs';
import { locateRecords, withRecordSender } from '../../kafka-tools/record-sender.ts';

const SENDING = { topic: 'orders', headers: { 'content-type': 'text/plain' }, retries: 3 };

const partitionMetadata = [0, 1, 2, 3, 4, 5].map((partitionId) => ({
  partitionErrorCode: 0,
  partitionId,
  leader: 1,
  replicas: [1],
  isr: [1],
}));

/** A client whose producer sends nowhere: it asks for partitions as kafkajs does, and acknowledges from offset 40. */
function aKafka() {
  const seen = { configs: [] as ProducerConfig[], sent: [] as ProducerRecord[], disconnects: 0 };
  const producer = (config: ProducerConfig = {}) => {
    seen.configs.push(config);
    const partitioner = config.createPartitioner?.();
    return Object.assign(
      new Kafka({ brokers: ['127.0.0.1:1'], logLevel: logLevel.NOTHING }).producer(config),
      {
        connect: () => Promise.resolve(),
        disconnect: () => {
          seen.disconnects += 1;
          return Promise.resolve();
        },
        send: (record: ProducerRecord) => {
          seen.sent.push(record);
          const { topic, messages } = record;
          const partitions = messages.map(
            (message) => partitioner?.({ topic, partitionMetadata, message }) ?? -1,
          );
          return Promise.resolve(
            [...new Set(partitions)].map((partition) => ({
              topicName: topic,
              partition,
              errorCode: 0,
              baseOffset: '40',
            })),
          );
        },
      },
    );
  };
  return { seen, kafka: { producer } };
}

const record = (value: string) => ({ key: 'k', value });

describe('the positions of sent records', () => {
  test('counts from the base offset of each partition, in the order of sending', () => {
    const records = [record('a'), record('b'), record('c'), record('d')];

    const sent = locateRecords(
      records,
      [1, 0, 1, 1],
      [
        { partition: 0, baseOffset: '7' },
        { partition: 1, baseOffset: '100' },
      ],
    );

    expect(sent).toEqual([
      { record: record('a'), partition: 1, offset: 100 },
      { record: record('b'), partition: 0, offset: 7 },
      { record: record('c'), partition: 1, offset: 101 },
      { record: record('d'), partition: 1, offset: 102 },
    ]);
  });

  test.each([
    { story: 'a partition that the broker did not answer for', partitions: [0, 1] },
    { story: 'a record that got no partition', partitions: [0, undefined] },
  ])('fails for $story', ({ partitions }) => {
    const locate = () =>
      locateRecords([record('a'), record('b')], partitions, [{ partition: 0, baseOffset: '0' }]);

    expect(locate).toThrow('The brokers did not confirm record 2 of 2; send them all again.');
  });
});

describe('a record sender', () => {
  test('sends idempotently, with acknowledgements of all replicas, and the headers asked for', async () => {
    const { seen, kafka } = aKafka();

    await withRecordSender(kafka, SENDING, (sender) => sender.send([{ key: 'order-1', value: '{}' }]));

    expect(seen.configs).toMatchObject([
      { idempotent: true, allowAutoTopicCreation: false, retry: { retries: 3 } },
    ]);
    expect(seen.sent).toEqual([
      {
        topic: 'orders',
        acks: -1,
        messages: [
          {
            key: 'order-1',
            value: '{}',
            headers: { 'content-type': 'text/plain' },
          },
        ],
      },
    ]);
  });

  test('keeps records of one key in one partition, the one that every Kafka client chooses', async () => {
    const { kafka } = aKafka();
    const records = ['order-1', 'order-2', 'order-1'].map((key) => ({ key, value: '{}' }));

    const sent = await withRecordSender(kafka, SENDING, (sender) => sender.send(records));

    // What Kafka's Java client 3.9.2 computes: Utils.toPositive(Utils.murmur2(key)) % 6.
    expect(sent.map(({ partition, offset }) => ({ partition, offset }))).toEqual([
      { partition: 4, offset: 40 },
      { partition: 3, offset: 40 },
      { partition: 4, offset: 41 },
    ]);
  });

  test('sends a record without a key as one', async () => {
    const { seen, kafka } = aKafka();

    await withRecordSender(kafka, SENDING, (sender) => sender.send([{ key: undefined, value: '{}' }]));

    expect(seen.sent[0]?.messages[0]?.key).toBeNull();
  });

  test('disconnects, also when the work fails', async () => {
    const { seen, kafka } = aKafka();

    const working = withRecordSender(kafka, SENDING, () => Promise.reject(new Error('no more')));

    await expect(working).rejects.toThrow('no more');
    expect(seen.disconnects).toBe(1);
  });
});
