import { expect, jest, test } from '@jest/globals';
import {
  openTopicReader,
  readPartitionRanges,
  type TopicReader,
  type TopicRecord,
} from '@order-events/kafka-tools';
import { engineAddresses } from './support/engine-addresses.ts';
import { useBroker } from './support/use-broker.ts';

jest.setTimeout(60_000);

const broker = useBroker();

function openReader(topic: string): TopicReader {
  const reader = openTopicReader(topic, { brokers: [engineAddresses().broker] });
  broker.onTestEnd(() => reader.close());
  return reader;
}

async function readAll(reader: TopicReader, from: number, to: number): Promise<TopicRecord[]> {
  const records: TopicRecord[] = [];
  for await (const record of reader.read(0, from, to)) records.push(record);
  return records;
}

test('records are read from one offset to another with key, value and time, and no group comes into being', async () => {
  const topic = await broker.createTopic();
  const admin = await broker.connectAdmin();
  await broker.produce(
    topic,
    ['a', 'b', 'c', 'd'].map((key, index) => ({ key, value: `value ${key}`, timestamp: 1_000 + index })),
  );
  const { groups: before } = await admin.listGroups();

  const records = await readAll(openReader(topic), 1, 3);

  const { groups: after } = await admin.listGroups();
  const common = { topic, partition: 0, timestampType: 'CREATE_TIME', headers: [] };
  expect({ records, newGroups: after.length - before.length }).toEqual({
    records: [
      { ...common, offset: 1, timestamp: 1_001, key: Buffer.from('b'), value: Buffer.from('value b') },
      { ...common, offset: 2, timestamp: 1_002, key: Buffer.from('c'), value: Buffer.from('value c') },
    ],
    newGroups: 0,
  });
});

test('the offset at a time is that of the first record not older than it, or the end when there is none', async () => {
  const topic = await broker.createTopic(2);
  await broker.produce(
    topic,
    [1_000, 2_000, 3_000].map((timestamp) => ({ value: 'a', partition: 0, timestamp })),
  );
  const reader = openReader(topic);

  const [atTwo, atFour] = [await reader.offsetsAt(1_500), await reader.offsetsAt(4_000)];

  expect([Object.fromEntries(atTwo), Object.fromEntries(atFour)]).toEqual([
    { 0: 1, 1: 0 },
    { 0: 3, 1: 0 },
  ]);
});

test('each partition is asked for its range by itself', async () => {
  const topic = await broker.createTopic(3);
  await broker.produce(
    topic,
    [0, 2, 2].map((partition) => ({ value: 'a', partition })),
  );

  const ranges = await readPartitionRanges(topic, { brokers: [engineAddresses().broker] });

  expect(Object.fromEntries(ranges)).toEqual({
    0: { start: 0, end: 1 },
    1: { start: 0, end: 0 },
    2: { start: 0, end: 2 },
  });
});
