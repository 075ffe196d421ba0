import { describe, expect, jest, test } from '@jest/globals';
import { sortedValues, valuesOf } from './support/scripted-function.ts';
import { aGroup, eventually, useBroker } from './support/use-broker.ts';

jest.setTimeout(90_000);

const broker = useBroker();

const START_SECONDS = 1_700_000_000;

/** Epoch milliseconds so many seconds after the start. */
function at(seconds: number): number {
  return (START_SECONDS + seconds) * 1_000;
}

describe('a commit', () => {
  test('ESM-032 is the offset of the last record + 1', async () => {
    const topic = await broker.createTopic();
    const group = aGroup();
    const fn = await broker.startFunction();
    await broker.produce(topic, [{ value: 'a' }, { value: 'b' }, { value: 'c' }]);

    await broker.startMapping({ topic, consumerGroupId: group, function: fn });
    await eventually('a commit', async () => Object.keys(await broker.committed(group, topic)).length > 0);

    expect(valuesOf(fn.batches)).toEqual([['a', 'b', 'c']]);
    expect(await broker.committed(group, topic)).toEqual({ 0: 3 });
  });

  test('ESM-033 comes after the function succeeded, and not before', async () => {
    const topic = await broker.createTopic();
    const group = aGroup();
    const committedAtCall: unknown[] = [];
    const fn = await broker.startFunction(async (_batch, call) => {
      committedAtCall.push(await broker.committed(group, topic));
      if (call < 3) throw new Error('not yet');
      return null;
    });
    await broker.produce(topic, [{ value: 'a' }, { value: 'b' }]);

    await broker.startMapping({ topic, consumerGroupId: group, function: fn });
    await broker.untilCommitted(group, topic, { 0: 2 });

    expect(committedAtCall).toEqual([{}, {}, {}]);
  });
});

describe('a mapping that comes back', () => {
  test('ESM-043 resumes from the committed offsets of its group', async () => {
    const topic = await broker.createTopic();
    const consumerGroupId = aGroup();
    const [first, second] = [await broker.startFunction(), await broker.startFunction()];
    await broker.produce(topic, [{ value: 'a' }, { value: 'b' }]);
    const earlier = await broker.startMapping({ topic, consumerGroupId, function: first });
    await broker.untilCommitted(consumerGroupId, topic, { 0: 2 });
    await earlier.stop();

    await broker.produce(topic, [{ value: 'c' }]);
    await broker.startMapping({ topic, consumerGroupId, function: second });
    await broker.untilCommitted(consumerGroupId, topic, { 0: 3 });

    expect(valuesOf(first.batches)).toEqual([['a', 'b']]);
    expect(valuesOf(second.batches)).toEqual([['c']]);
  });

  test('ESM-030 ESM-031 begins at committed offsets whatever its starting position, and at that elsewhere', async () => {
    const topic = await broker.createTopic(2);
    const consumerGroupId = aGroup();
    const fn = await broker.startFunction();
    await broker.produce(
      topic,
      [0, 1].flatMap((partition) =>
        ['a', 'b', 'c'].map((value) => ({ partition, value: value + partition })),
      ),
    );
    await broker.setCommitted(consumerGroupId, topic, { 0: 2 });

    await broker.startMapping({ topic, consumerGroupId, function: fn });
    await broker.untilCommitted(consumerGroupId, topic, { 0: 3, 1: 3 });

    expect(sortedValues(fn.batches)).toEqual(['a1', 'b1', 'c0', 'c1']);
  });
});

describe('without a commit', () => {
  test('ESM-027 TRIM_HORIZON begins at the oldest record that the topic still has', async () => {
    const topic = await broker.createTopic();
    const fn = await broker.startFunction();
    await broker.produce(topic, [{ value: 'gone' }, { value: 'oldest' }, { value: 'newest' }]);
    await broker.deleteRecordsBefore(topic, { 0: 1 });

    await broker.startMapping({ topic, consumerGroupId: aGroup(), function: fn });
    await eventually('a call', () => fn.batches.length > 0);

    expect(valuesOf(fn.batches)).toEqual([['oldest', 'newest']]);
  });

  test('ESM-027 ESM-028 LATEST begins after the newest record and skips earlier ones', async () => {
    const topic = await broker.createTopic();
    const fn = await broker.startFunction();
    await broker.produce(topic, [{ value: 'missed' }]);

    await broker.startMapping({
      topic,
      consumerGroupId: aGroup(),
      function: fn,
      properties: { StartingPosition: 'LATEST' },
    });
    // A member looks for the end a moment after it has joined, so what is produced right away may be missed too.
    await eventually('a record that came later', async () => {
      await broker.produce(topic, [{ value: 'later' }]);
      return fn.batches.length > 0;
    });

    expect(new Set(valuesOf(fn.batches).flat())).toEqual(new Set(['later']));
  });

  test('ESM-029 AT_TIMESTAMP begins at the first record of that time or later, else at the end', async () => {
    const topic = await broker.createTopic(4);
    const consumerGroupId = aGroup();
    const fn = await broker.startFunction();
    await broker.produce(topic, [
      { partition: 0, value: 'p0 before', timestamp: at(-1) },
      { partition: 0, value: 'p0 at', timestamp: at(0) },
      { partition: 0, value: 'p0 after', timestamp: at(1) },
      { partition: 1, value: 'p1 before', timestamp: at(-1) },
      { partition: 2, value: 'p2 committed', timestamp: at(1) },
      { partition: 2, value: 'p2 after', timestamp: at(2) },
    ]);
    await broker.setCommitted(consumerGroupId, topic, { 2: 1 });

    await broker.startMapping({
      topic,
      consumerGroupId,
      function: fn,
      properties: { StartingPosition: 'AT_TIMESTAMP', StartingPositionTimestamp: START_SECONDS },
    });
    await broker.untilCommitted(consumerGroupId, topic, { 0: 3, 2: 2 });
    await broker.produce(topic, [
      { partition: 1, value: 'p1 next', timestamp: at(-1) },
      { partition: 3, value: 'p3 next', timestamp: at(1) },
    ]);
    await broker.untilCommitted(consumerGroupId, topic, { 0: 3, 1: 2, 2: 2, 3: 1 });

    expect(sortedValues(fn.batches)).toEqual(['p0 after', 'p0 at', 'p1 next', 'p2 after', 'p3 next']);
  });
});
