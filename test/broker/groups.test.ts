import { expect, jest, test } from '@jest/globals';
import type { ReceivedBatch } from './support/scripted-function.ts';
import { aGroup, eventually, useBroker } from './support/use-broker.ts';

jest.setTimeout(90_000);

const broker = useBroker();

/** What was received of each key, in the order in which it came. */
function byKey(batches: readonly ReceivedBatch[]): Record<string, (string | null)[]> {
  const groups = Map.groupBy(batches.flat(), ({ key }) => key ?? '');
  return Object.fromEntries([...groups].map(([key, records]) => [key, records.map(({ value }) => value)]));
}

test('each of three groups gets its own full copy, in order within each key', async () => {
  const topic = await broker.createTopic(3);
  const keys = ['ada', 'ben', 'cleo', 'dan'];
  const steps = ['placed', 'paid', 'shipped'];
  const functions = await Promise.all([1, 2, 3].map(() => broker.startFunction()));
  await Promise.all(
    functions.map((fn) => broker.startMapping({ topic, consumerGroupId: aGroup(), function: fn })),
  );

  for (const value of steps)
    await broker.produce(
      topic,
      keys.map((key) => ({ key, value })),
    );
  await eventually('three full copies', () =>
    functions.every(({ batches }) => batches.flat().length >= keys.length * steps.length),
  );

  const copy = Object.fromEntries(keys.map((key) => [key, steps]));
  expect(functions.map(({ batches }) => byKey(batches))).toEqual([copy, copy, copy]);
});

test('ESM-045 a group whose function fails holds back no other group', async () => {
  const topic = await broker.createTopic();
  const [failingGroup, healthyGroup] = [aGroup(), aGroup()];
  const failing = await broker.startFunction(() => {
    throw new Error('down');
  });
  const healthy = await broker.startFunction();
  await broker.produce(topic, [{ value: 'a' }, { value: 'b' }]);

  await Promise.all([
    broker.startMapping({ topic, consumerGroupId: failingGroup, function: failing }),
    broker.startMapping({ topic, consumerGroupId: healthyGroup, function: healthy }),
  ]);
  await eventually('a retry', () => failing.batches.length > 1);
  await broker.produce(topic, [{ value: 'c' }]);
  await broker.untilCommitted(healthyGroup, topic, { 0: 3 });

  expect(await broker.committed(failingGroup, topic)).toEqual({});
});
