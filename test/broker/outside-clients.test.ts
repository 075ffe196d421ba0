import { expect, jest, test } from '@jest/globals';
import * as z from 'zod';
import { produceFromConsole, startOutsideConsumer, type OutsideConsumer } from './support/java-clients.ts';
import { sortedValues } from './support/scripted-function.ts';
import { aGroup, eventually, useBroker } from './support/use-broker.ts';

jest.setTimeout(90_000);

const broker = useBroker();

const kafkaEvent = z.object({
  records: z.record(z.string(), z.array(z.object({ headers: z.array(z.unknown()) }))),
});

/** The headers of each record that came, as the events have them. */
function headersOf(events: readonly unknown[]): unknown[] {
  return events
    .flatMap((event) => Object.values(kafkaEvent.parse(event).records).flat())
    .map((record) => record.headers);
}

async function startOutside(group: string, topic: string): Promise<OutsideConsumer> {
  const consumer = await startOutsideConsumer(group, topic);
  broker.onTestEnd(() => consumer.stop());
  return consumer;
}

test("an order that Kafka's console producer sends under any key is consumed as typed", async () => {
  const topic = await broker.createTopic();
  const group = aGroup();
  const fn = await broker.startFunction();
  await broker.startMapping({ topic, consumerGroupId: group, function: fn });
  const value = '{"order_id": "1000", "amount": 10}';

  await produceFromConsole(topic, [{ key: 'any key', value }]);
  await broker.untilCommitted(group, topic, { 0: 1 });

  expect(fn.batches).toEqual([[{ partition: 0, offset: 0, key: 'any key', value }]]);
});

test('ESM-007 headers reach the function in the order in which they were sent, repeated names and numbers as names included', async () => {
  const topic = await broker.createTopic();
  const fn = await broker.startFunction();
  await broker.startMapping({ topic, consumerGroupId: aGroup(), function: fn });
  const headers = [
    ['trace', 'a'],
    ['10', 'b'],
    ['2', 'c'],
    ['trace', 'd'],
  ] as const;

  await produceFromConsole(topic, [
    { key: 'k', value: 'with', headers },
    { key: 'k', value: 'without' },
  ]);
  await eventually('both records', () => fn.batches.flat().length >= 2);

  expect(headersOf(fn.events)).toEqual([
    headers.map(([name, value]) => ({ [name]: [value.charCodeAt(0)] })),
    [],
  ]);
});

test('an outside group gets a full copy beside that of a mapping', async () => {
  const topic = await broker.createTopic(2);
  const [ours, outside] = [aGroup(), aGroup()];
  const fn = await broker.startFunction();
  await broker.startMapping({ topic, consumerGroupId: ours, function: fn });
  const consumer = await startOutside(outside, topic);

  await broker.produce(topic, [
    { partition: 0, value: 'a' },
    { partition: 1, value: 'b' },
  ]);
  await eventually('both copies', () => consumer.values().length >= 2 && fn.batches.flat().length >= 2);
  await consumer.stop();

  expect(new Set(consumer.values())).toEqual(new Set(['a', 'b']));
  expect(sortedValues(fn.batches)).toEqual(['a', 'b']);
  expect(await broker.committed(outside, topic)).toEqual({ 0: 1, 1: 1 });
});

test("ESM-042 a member with Kafka's own range assignor in a mapping's group takes a share", async () => {
  const topic = await broker.createTopic(4);
  const group = aGroup();
  const fn = await broker.startFunction();
  const mapping = await broker.startMapping({ topic, consumerGroupId: group, function: fn });
  const foreign = await startOutside(group, topic);
  const shares = () => [foreign.partitions(), mapping.pollers[0]?.partitions];
  await eventually('both members to have a share', () => shares().every((share) => share?.length === 2));

  await broker.produce(
    topic,
    [0, 1, 2, 3].map((partition) => ({ partition, value: `on ${partition}` })),
  );
  await eventually('all records', () => foreign.values().length + fn.batches.flat().length >= 4);
  const [theirs, ours] = shares();

  expect(new Set([theirs, ours].flat())).toEqual(new Set([0, 1, 2, 3]));
  expect(new Set(foreign.values())).toEqual(new Set(theirs?.map((partition) => `on ${partition}`)));
  expect(sortedValues(fn.batches)).toEqual(ours?.map((partition) => `on ${partition}`));
});
