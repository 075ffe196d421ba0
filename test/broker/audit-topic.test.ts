import { expect, test } from '@jest/globals';
import { openTopic } from '../../audit/readers/kafka-topic.ts';
import { engineAddresses } from './support/engine-addresses.ts';
import { aGroup, useBroker } from './support/use-broker.ts';

const broker = useBroker();

test('the auditor reads what a topic still has, and what a group has committed, without being in any group', async () => {
  const topic = await broker.createTopic(2);
  const group = aGroup();
  await broker.produce(topic, [
    { partition: 0, value: 'gone', timestamp: 1_000 },
    { partition: 0, value: 'kept', timestamp: 2_000 },
    { partition: 0, value: null, timestamp: 3_000 },
    { partition: 1, value: 'other', timestamp: 4_000 },
  ]);
  await broker.deleteRecordsBefore(topic, { 0: 1 });
  await broker.setCommitted(group, topic, { 0: 2 });
  const opened = openTopic(topic, { brokers: [engineAddresses().broker] });
  broker.onTestEnd(() => opened.close());

  const bounds = await opened.bounds();
  const records: unknown[] = [];
  for await (const { value, ...record } of opened.read(bounds)) {
    records.push({ ...record, value: value?.toString() ?? null });
  }
  const committed = await opened.committed(group);

  expect({
    bounds: [...bounds],
    records,
    committed: [...committed],
    members: await broker.memberCount(group),
  }).toEqual({
    bounds: [
      [0, { start: 1, end: 3 }],
      [1, { start: 0, end: 1 }],
    ],
    records: [
      { partition: 0, offset: 1, timestamp: 2_000, value: 'kept' },
      { partition: 0, offset: 2, timestamp: 3_000, value: null },
      { partition: 1, offset: 0, timestamp: 4_000, value: 'other' },
    ],
    committed: [[0, 2]],
    members: 0,
  });
});

test('the auditor reads tens of thousands of records in their order', async () => {
  const topic = await broker.createTopic(1);
  const count = 20_000;
  for (let sent = 0; sent < count; sent += 5_000) {
    await broker.produce(
      topic,
      Array.from({ length: 5_000 }, (_, index) => ({ partition: 0, value: String(sent + index) })),
    );
  }
  const opened = openTopic(topic, { brokers: [engineAddresses().broker] });
  broker.onTestEnd(() => opened.close());

  let next = 0;
  let wrong = 0;
  for await (const { offset, value } of opened.read(await opened.bounds())) {
    if (offset !== next || value?.toString() !== String(next)) wrong += 1;
    next += 1;
  }

  expect([next, wrong]).toEqual([count, 0]);
});

test('a topic that does not exist is named', async () => {
  const opened = openTopic('no-such-topic', { brokers: [engineAddresses().broker] });
  broker.onTestEnd(() => opened.close());

  await expect(opened.bounds()).rejects.toThrow('no-such-topic');
});
