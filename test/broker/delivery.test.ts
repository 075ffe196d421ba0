import { expect, jest, test } from '@jest/globals';
import type { MappingSupervisor } from '../../local/event-source-mapping/supervisor/mapping-supervisor.ts';
import type { PollerChild } from '../../local/event-source-mapping/supervisor/poller-child.ts';
import { valuesOf } from './support/scripted-function.ts';
import { aGroup, eventually, untilShared, useBroker } from './support/use-broker.ts';

jest.setTimeout(90_000);

const broker = useBroker();

/** The poller that has the partition. */
function ownerOf(mapping: MappingSupervisor, partition: number): PollerChild {
  const owner = mapping.pollers.find(({ partitions }) => partitions.includes(partition));
  if (owner === undefined) throw new Error(`No poller has partition ${partition}.`);
  return owner;
}

/** Waits as long as the broker keeps a member that fell silent now. */
async function untilASilentMemberIsRemoved(): Promise<void> {
  const group = aGroup();
  const mapping = await broker.startMapping({
    topic: await broker.createTopic(),
    consumerGroupId: group,
    function: await broker.startFunction(),
  });
  for (const poller of mapping.pollers) poller.kill();
  await eventually('the killed member to be removed', async () => (await broker.memberCount(group)) === 0);
}

test('ESM-026 a poller killed between the call and its commit has the same records delivered again', async () => {
  const topic = await broker.createTopic();
  const group = aGroup();
  const fn = await broker.startFunction(async (_batch, call) => {
    if (call > 1) return null;
    const victim = ownerOf(mapping, 0);
    victim.kill();
    await eventually('the poller to be gone', () => !mapping.pollers.includes(victim));
    return null;
  });
  await broker.produce(topic, [{ value: 'a' }, { value: 'b' }]);

  const mapping = broker.beginMapping({ topic, consumerGroupId: group, function: fn, replaceAfterMs: 0 });
  await broker.untilCommitted(group, topic, { 0: 2 });

  expect(valuesOf(fn.batches)).toEqual([
    ['a', 'b'],
    ['a', 'b'],
  ]);
});

test('ESM-025 a call longer than the session timeout keeps its member in the group', async () => {
  const topic = await broker.createTopic();
  const group = aGroup();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const fn = await broker.startFunction((_batch, call) => (call === 1 ? released : null));
  const mapping = await broker.startMapping({ topic, consumerGroupId: group, function: fn });
  const memberId = mapping.pollers[0]?.memberId;
  await broker.produce(topic, [{ value: 'long' }]);
  await eventually('the call', () => fn.batches.length === 1);

  await untilASilentMemberIsRemoved();
  await broker.produce(topic, [{ value: 'next' }]);
  release();
  await broker.untilCommitted(group, topic, { 0: 2 });

  expect(mapping.pollers[0]?.memberId).toBe(memberId);
  expect(mapping.generationId).toBe(1);
  expect(valuesOf(fn.batches)).toEqual([['long'], ['next']]);
});

test.each([
  { story: 'that waits for it when it thaws', answeredBeforeThaw: true },
  { story: 'that comes after it has joined again', answeredBeforeThaw: false },
])('a frozen poller commits nothing of what it lost: an answer $story', async ({ answeredBeforeThaw }) => {
  const topic = await broker.createTopic(4);
  const group = aGroup();
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  const fn = await broker.startFunction((_batch, call) => (call === 1 ? released : null));
  const mapping = await broker.startMapping({ topic, consumerGroupId: group, function: fn, pollers: 2 });
  const frozen = ownerOf(mapping, 0);
  const { memberId } = frozen;
  await broker.produce(topic, [{ partition: 0, value: 'a' }]);
  await eventually('the call', () => fn.batches.length === 1);

  process.kill(frozen.pid, 'SIGSTOP');
  await broker.produce(topic, [{ partition: 0, value: 'b' }]);
  await broker.untilCommitted(group, topic, { 0: 2 });
  if (answeredBeforeThaw) release();
  process.kill(frozen.pid, 'SIGCONT');
  await eventually('it to join again', () => frozen.settled && frozen.memberId !== memberId);
  await untilShared(mapping, 4);
  release();
  await eventually('it to take the answer', () => mapping.counts['InvokedEventCount'] === 3);
  // What it commits next comes after whatever it did with the answer.
  const own = frozen.partitions.find((partition) => partition !== 0) ?? 0;
  await broker.produce(topic, [{ partition: own, value: 'c' }]);
  await eventually('its next commit', async () => (await broker.committed(group, topic))[own] === 1);

  expect(await broker.committed(group, topic)).toEqual({ 0: 2, [own]: 1 });
  expect(valuesOf(fn.batches)).toEqual([['a'], ['a', 'b'], ['c']]);
});
