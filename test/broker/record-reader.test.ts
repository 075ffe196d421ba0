import { expect, jest, test } from '@jest/globals';
import { openRecordReader, type StoredRecord } from '@order-events/kafka-tools';
import { engineAddresses } from './support/engine-addresses.ts';
import { useBroker } from './support/use-broker.ts';

jest.setTimeout(60_000);

const broker = useBroker();

async function readAll(topic: string, from: number, to: number): Promise<StoredRecord[]> {
  const reader = openRecordReader('test', { brokers: [engineAddresses().broker] });
  try {
    const records: StoredRecord[] = [];
    for await (const record of reader.read({ topic, partition: 0, from, to })) records.push(record);
    return records;
  } finally {
    await reader.close();
  }
}

test('records are read from one offset to another with key, value and timestamp, and no group comes into being', async () => {
  const topic = await broker.createTopic();
  const admin = await broker.connectAdmin();
  await broker.produce(
    topic,
    ['a', 'b', 'c', 'd'].map((key, index) => ({ key, value: `value ${key}`, timestamp: 1_000 + index })),
  );
  const { groups: before } = await admin.listGroups();

  const records = await readAll(topic, 1, 3);

  const { groups: after } = await admin.listGroups();
  expect({ records, newGroups: after.length - before.length }).toEqual({
    records: [
      {
        partition: 0,
        offset: 1,
        timestamp: 1_001,
        key: Buffer.from('b'),
        value: Buffer.from('value b'),
        headers: [],
      },
      {
        partition: 0,
        offset: 2,
        timestamp: 1_002,
        key: Buffer.from('c'),
        value: Buffer.from('value c'),
        headers: [],
      },
    ],
    newGroups: 0,
  });
});

test('reading begins at no offset that retention has deleted', async () => {
  const topic = await broker.createTopic();
  await broker.produce(topic, [{ value: 'a' }, { value: 'b' }]);
  await broker.deleteRecordsBefore(topic, { 0: 1 });

  await expect(readAll(topic, 0, 2)).rejects.toThrow();
});
