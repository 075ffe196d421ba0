import { expect, jest, test } from '@jest/globals';
import type { MappingSupervisor } from '../../local/event-source-mapping/supervisor/mapping-supervisor.ts';
import { sortedValues, valuesOf } from './support/scripted-function.ts';
import { aGroup, eventually, untilShared, useBroker } from './support/use-broker.ts';

jest.setTimeout(90_000);

const broker = useBroker();

/** Kills the poller that has the partition, and waits until its process is gone. */
async function killOwner(mapping: MappingSupervisor, partition: number): Promise<void> {
  const owner = mapping.pollers.find(({ partitions }) => partitions.includes(partition));
  owner?.kill();
  await eventually(
    'the killed poller to be gone',
    () => !mapping.pollers.some((poller) => poller.pid === owner?.pid),
  );
}

/** The partitions of each poller, those with the lowest first. */
function shares(mapping: MappingSupervisor): (readonly number[])[] {
  return mapping.pollers
    .map(({ partitions }) => partitions)
    .toSorted((one, other) => (one[0] ?? Infinity) - (other[0] ?? Infinity));
}

test('the members of a group share its partitions, and each record comes to one of them', async () => {
  const topic = await broker.createTopic(4);
  const fn = await broker.startFunction();
  const mapping = await broker.startMapping({ topic, consumerGroupId: aGroup(), function: fn, pollers: 2 });

  await broker.produce(
    topic,
    [0, 1, 2, 3].map((partition) => ({ partition, value: `on ${partition}` })),
  );
  await eventually('all records', () => (mapping.counts['InvokedEventCount'] ?? 0) >= 4);

  expect(shares(mapping)).toEqual([
    [0, 1],
    [2, 3],
  ]);
  expect(mapping.pollers.map(({ recordsInvoked }) => recordsInvoked)).toEqual([2, 2]);
  expect(sortedValues(fn.batches)).toEqual(['on 0', 'on 1', 'on 2', 'on 3']);
});

test('a member beyond the partition count stays idle until another one leaves', async () => {
  const topic = await broker.createTopic(2);
  const fn = await broker.startFunction();
  const group = aGroup();
  const mapping = await broker.startMapping({ topic, consumerGroupId: group, function: fn, pollers: 3 });
  const before = { shares: shares(mapping), members: await broker.memberCount(group) };
  const idle = mapping.pollers.find(({ partitions }) => partitions.length === 0);

  await killOwner(mapping, 0);
  await untilShared(mapping, 2);

  expect(before).toEqual({ shares: [[0], [1], []], members: 3 });
  expect(shares(mapping)).toEqual([[0], [1]]);
  expect(idle?.partitions).toHaveLength(1);
});

test('the partitions of a killed poller move to the others, and no record is lost', async () => {
  const topic = await broker.createTopic(2);
  const fn = await broker.startFunction();
  const group = aGroup();
  const mapping = await broker.startMapping({ topic, consumerGroupId: group, function: fn, pollers: 2 });
  const produce = (value: string) =>
    broker.produce(
      topic,
      [0, 1].map((partition) => ({ partition, value: `${value} ${partition}` })),
    );
  await produce('before');
  await eventually('the first records', () => fn.batches.flat().length >= 2);

  await killOwner(mapping, 0);
  await produce('during');
  await untilShared(mapping, 2);
  await produce('after');
  await broker.untilCommitted(group, topic, { 0: 3, 1: 3 });

  expect(shares(mapping)).toEqual([[0, 1]]);
  expect(new Set(valuesOf(fn.batches).flat())).toEqual(
    new Set(['before 0', 'before 1', 'during 0', 'during 1', 'after 0', 'after 1']),
  );
});

test('ESM-098 ESM-099 disabling ends the open call, commits it and leaves the group; its offsets stay', async () => {
  const topic = await broker.createTopic();
  const group = aGroup();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const fn = await broker.startFunction(() => released);
  const mapping = await broker.startMapping({ topic, consumerGroupId: group, function: fn });
  const idle = await broker.startMapping({
    topic: await broker.createTopic(),
    consumerGroupId: aGroup(),
    function: fn,
  });
  await broker.produce(topic, [{ value: 'a' }]);
  await eventually('the call', () => fn.batches.length === 1);

  const disabled = mapping.setEnabled(false);
  const whileDisabling = mapping.state;
  // Time enough for a poller that does not wait for its call to be gone.
  await idle.setEnabled(false);
  release();
  await disabled;
  await broker.produce(topic, [{ value: 'b' }]);

  expect([whileDisabling, mapping.state]).toEqual(['Disabling', 'Disabled']);
  expect(await broker.memberCount(group)).toBe(0);
  expect(await broker.committed(group, topic)).toEqual({ 0: 1 });
  expect(valuesOf(fn.batches)).toEqual([['a']]);
});
