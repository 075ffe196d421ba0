import { randomUUID } from 'node:crypto';
import { expect, jest, test } from '@jest/globals';
import { Consumer } from '@platformatic/kafka';
import { kafkaClient, type Kafka } from '@order-events/kafka-tools';
import { Partitioners } from 'kafkajs';
import { OffsetCommits } from '../../local/event-source-mapping/poller/consumer/commit-offsets.ts';
import type { GroupAssignment } from '../../local/event-source-mapping/poller/consumer/group-consumer.ts';
import { createKafkaConsumer } from '../../local/event-source-mapping/poller/consumer/kafka-consumer.ts';
import type { PolledRecord } from '../../local/event-source-mapping/record/polled-record.ts';
import { engineAddresses } from './support/engine-addresses.ts';
import { produceFromConsole } from './support/java-clients.ts';
import { aGroup, eventually, useBroker } from './support/use-broker.ts';

jest.setTimeout(90_000);

const broker = useBroker();

interface TestMember {
  readonly assignments: readonly GroupAssignment[];
  readonly records: readonly PolledRecord[];
}

const ignore = (): void => undefined;

/** Starts a member of a group of its own that reads on without a pause. */
async function startMember(
  topic: string,
  isolationLevel: 'read_uncommitted' | 'read_committed' = 'read_uncommitted',
): Promise<TestMember> {
  const consumer = createKafkaConsumer({
    brokers: [engineAddresses().broker],
    topic,
    consumerGroupId: aGroup(),
    clientId: 'test',
    startingPosition: { kind: 'TRIM_HORIZON' },
    outOfRangeReset: 'logStart',
    isolationLevel,
    batchSize: 100,
    sessionTimeoutMs: 6_000,
  });
  const assignments: GroupAssignment[] = [];
  const records: PolledRecord[] = [];
  broker.onTestEnd(() => consumer.stop());
  consumer.start({
    assigned: (assignment) => assignments.push(assignment),
    fetched: (partition, fetched) => {
      records.push(...fetched);
      consumer.resume(partition);
    },
    rebalancing: ignore,
    heartbeat: ignore,
    failed: ignore,
    recovered: ignore,
    answered: ignore,
    skipped: ignore,
  });
  return { assignments, records };
}

function kafka(): Kafka {
  return kafkaClient({ clientId: 'test', brokers: [engineAddresses().broker] });
}

test("records that Kafka's own producer compressed with any codec are read unchanged", async () => {
  const topic = await broker.createTopic();
  const codecs = ['none', 'gzip', 'snappy', 'lz4', 'zstd'] as const;
  const value = 'compressible '.repeat(100);
  const member = await startMember(topic);

  await Promise.all(codecs.map((codec) => produceFromConsole(topic, [{ key: codec, value }], codec)));
  await eventually('all records', () => member.records.length >= codecs.length);

  const read = member.records.map((record) => [String(record.key), String(record.value)] as const);
  expect(Object.fromEntries(read)).toEqual(Object.fromEntries(codecs.map((codec) => [codec, value])));
});

test('ESM-004 a record of a topic with LogAppendTime has that timestamp type', async () => {
  const topic = `stamped-${randomUUID()}`;
  const admin = await broker.connectAdmin();
  const configEntries = [{ name: 'message.timestamp.type', value: 'LogAppendTime' }];
  await admin.createTopics({ topics: [{ topic, numPartitions: 1, configEntries }], waitForLeaders: true });
  const sentAt = 1_700_000_000_000;
  const member = await startMember(topic);

  await broker.produce(topic, [{ value: 'a', timestamp: sentAt }]);
  await eventually('the record', () => member.records.length > 0);

  expect(member.records).toMatchObject([{ timestampType: 'LOG_APPEND_TIME' }]);
  expect(member.records[0]?.timestamp).toBeGreaterThan(sentAt);
});

test.each([
  { isolationLevel: 'read_uncommitted', expected: ['aborted', 'committed', 'last'] },
  { isolationLevel: 'read_committed', expected: ['committed', 'last'] },
] as const)('$isolationLevel reads $expected of transactions', async ({ isolationLevel, expected }) => {
  const topic = await broker.createTopic();
  const producer = kafka().producer({
    transactionalId: randomUUID(),
    idempotent: true,
    maxInFlightRequests: 1,
    createPartitioner: Partitioners.DefaultPartitioner,
  });
  await producer.connect();
  broker.onTestEnd(() => producer.disconnect());
  for (const value of ['aborted', 'committed']) {
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [{ value }] });
    await (value === 'aborted' ? transaction.abort() : transaction.commit());
  }
  await broker.produce(topic, [{ value: 'last' }]);

  const member = await startMember(topic, isolationLevel);
  await eventually('the last record', () => member.records.some(({ value }) => String(value) === 'last'));

  expect(member.records.map(({ value }) => String(value))).toEqual(expected);
});

test('ESM-031 partitions that a topic gets later are assigned and read', async () => {
  const topic = await broker.createTopic(1);
  const admin = await broker.connectAdmin();
  const member = await startMember(topic);
  await eventually('the first assignment', () => member.assignments.length > 0);

  await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] });
  await broker.produce(topic, [{ partition: 2, value: 'on a new partition' }]);
  await eventually('the record', () => member.records.length > 0);

  expect(member.assignments.map(({ partitions }) => partitions)).toEqual([[0], [0, 1, 2]]);
  expect(member.records).toMatchObject([{ partition: 2, offset: 0 }]);
});

test('a commit is stored in the generation that it was made in, and refused in any other', async () => {
  const topic = await broker.createTopic();
  const group = aGroup();
  const consumer = new Consumer({
    clientId: 'test',
    groupId: group,
    bootstrapBrokers: [engineAddresses().broker],
    sessionTimeout: 6_000,
    heartbeatInterval: 1_000,
    rebalanceTimeout: 6_000,
  });
  broker.onTestEnd(() => consumer.close(true));
  consumer.topics.track(topic);
  const memberId = await consumer.joinGroup({});
  const { generationId } = consumer;
  const commits = new OffsetCommits(consumer, { clientId: 'test', consumerGroupId: group, topic });
  broker.onTestEnd(() => commits.close());

  const results = [
    await commits.commit({ memberId, generationId }, new Map([[0, 5]])),
    await commits.commit({ memberId, generationId: generationId - 1 }, new Map([[0, 3]])),
    await commits.commit({ memberId: 'another', generationId }, new Map([[0, 2]])),
  ];

  expect(results.map(({ kind }) => kind)).toEqual(['committed', 'refused', 'refused']);
  expect(await broker.committed(group, topic)).toEqual({ 0: 5 });
});
