import { expect, jest, test } from '@jest/globals';
import { valuesOf } from './support/scripted-function.ts';
import { aGroup, eventually, useBroker } from './support/use-broker.ts';

jest.setTimeout(90_000);

const broker = useBroker();

const RECORDS = ['a', 'b', 'c', 'd', 'e', 'f'].map((value) => ({ value }));

/** Takes the offsets of a group without members away, as the broker does when they are old. */
async function expireOffsets(group: string): Promise<void> {
  const admin = await broker.connectAdmin();
  await admin.deleteGroups([group]);
}

test.each(['TRIM_HORIZON', 'LATEST'])(
  'ESM-039 ESM-040 a group whose position retention deleted continues at the log start, with %s, and drops nothing',
  async (StartingPosition) => {
    const topic = await broker.createTopic();
    const group = aGroup();
    const fn = await broker.startFunction();
    await broker.produce(topic, RECORDS);
    await broker.setCommitted(group, topic, { 0: 1 });
    await broker.deleteRecordsBefore(topic, { 0: 4 });

    const mapping = await broker.startMapping({
      topic,
      consumerGroupId: group,
      function: fn,
      properties: { StartingPosition },
    });
    await broker.untilCommitted(group, topic, { 0: 6 });

    expect(valuesOf(fn.batches)).toEqual([['e', 'f']]);
    expect(mapping.counts).not.toHaveProperty('DroppedEventCount');
  },
);

test.each(['TRIM_HORIZON', 'LATEST'])(
  'ESM-039 a mapping whose position retention deletes during a long call continues at the log start, with %s',
  async (StartingPosition) => {
    const topic = await broker.createTopic();
    const group = aGroup();
    const firstCall = Promise.withResolvers<null>();
    const fn = await broker.startFunction((_batch, call) => (call === 1 ? firstCall.promise : null));
    await broker.setCommitted(group, topic, { 0: 0 });
    const mapping = await broker.startMapping({
      topic,
      consumerGroupId: group,
      function: fn,
      properties: { StartingPosition, BatchSize: 1 },
    });
    await broker.produce(topic, RECORDS.slice(0, 1));
    await eventually('the first call', () => fn.batches.length === 1);

    // The poller reads two batches ahead and no more; the rest is gone when it asks for it.
    await broker.produce(topic, RECORDS.slice(1, 3));
    await eventually('the read-ahead', () => mapping.counts['PolledEventCount'] === 3);
    await broker.produce(topic, RECORDS.slice(3));
    await broker.deleteRecordsBefore(topic, { 0: 5 });
    firstCall.resolve(null);
    await broker.untilCommitted(group, topic, { 0: 6 });

    expect(valuesOf(fn.batches).flat()).toEqual(['a', 'b', 'c', 'f']);
    expect(mapping.counts).not.toHaveProperty('DroppedEventCount');
  },
);

test.each([
  { StartingPosition: 'TRIM_HORIZON', values: ['a', 'b'] },
  { StartingPosition: 'LATEST', values: ['c'] },
])(
  'ESM-041 a group whose offsets have expired begins at $StartingPosition again',
  async ({ StartingPosition, values }) => {
    const topic = await broker.createTopic();
    const group = aGroup();
    const [first, second] = [await broker.startFunction(), await broker.startFunction()];
    const mapping = { topic, consumerGroupId: group, properties: { StartingPosition: 'TRIM_HORIZON' } };
    await broker.produce(topic, RECORDS.slice(0, 2));
    const earlier = await broker.startMapping({ ...mapping, function: first });
    await broker.untilCommitted(group, topic, { 0: 2 });
    await earlier.stop();

    await expireOffsets(group);
    await broker.startMapping({ ...mapping, properties: { StartingPosition }, function: second });
    await eventually('the starting position', async () => {
      if (second.batches.length === 0) await broker.produce(topic, RECORDS.slice(2, 3));
      return second.batches.length > 0;
    });

    expect(valuesOf(second.batches).flat().slice(0, values.length)).toEqual(values);
  },
);
