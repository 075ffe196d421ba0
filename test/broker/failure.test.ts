import { describe, expect, jest, test } from '@jest/globals';
import { throttled } from '../../local/lambda/service-errors.ts';
import { engineAddresses } from './support/engine-addresses.ts';
import { createQueue } from './support/queues.ts';
import { reporting, sortedValues, valuesOf, type ReceivedBatch } from './support/scripted-function.ts';
import { CLUSTER_ARN } from './support/start-test-mapping.ts';
import { aGroup, eventually, useBroker } from './support/use-broker.ts';

jest.setTimeout(90_000);

const broker = useBroker();

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

function to(queue: { readonly arn: string }): object {
  return { DestinationConfig: { OnFailure: { Destination: queue.arn } } };
}

/** Fails whenever one of the values is in the batch. */
function failingOn(...values: string[]): (batch: ReceivedBatch) => null {
  return (batch) => {
    if (batch.some(({ value }) => values.includes(value ?? ''))) throw new Error('cannot');
    return null;
  };
}

test('ESM-076 ESM-077 ESM-081 discarded records reach a Kafka topic, each under its own key', async () => {
  const [topic, failed] = [await broker.createTopic(), await broker.createTopic(2)];
  const group = aGroup();
  const [fn, reader] = [await broker.startFunction(failingOn('a')), await broker.startFunction()];
  await broker.startMapping({ topic: failed, consumerGroupId: aGroup(), function: reader });
  const properties = {
    MaximumRetryAttempts: 0,
    MaximumBatchingWindowInSeconds: 1,
    DestinationConfig: { OnFailure: { Destination: `kafka://${failed}` } },
  };

  await broker.produce(topic, [
    { key: 'ada', value: 'a' },
    { key: 'ben', value: 'b' },
  ]);
  const mapping = await broker.startMapping({ topic, consumerGroupId: group, function: fn, properties });
  await broker.untilCommitted(group, topic, { 0: 2 });
  await eventually('both messages', () => reader.batches.flat().length >= 2);

  const messages = reader.batches
    .flat()
    .toSorted((one, other) => (one.key ?? '').localeCompare(other.key ?? ''));
  expect(messages.map(({ key, value }): unknown[] => [key, JSON.parse(value ?? '')])).toEqual([
    [
      'ada',
      expect.objectContaining({ requestContext: expect.objectContaining({ condition: 'RetriesExhausted' }) }),
    ],
    [
      'ben',
      expect.objectContaining({ requestContext: expect.objectContaining({ condition: 'RetriesExhausted' }) }),
    ],
  ]);
  expect(mapping.counts).toMatchObject({ OnFailureDestinationDeliveredEventCount: 2 });
  expect(mapping.counts).not.toHaveProperty('DroppedEventCount');
});

describe('a function that fails', () => {
  test('ESM-044 ESM-046 ESM-074 gets the batch again as often as allowed, then a queue gets its coordinates', async () => {
    const topic = await broker.createTopic(2);
    const group = aGroup();
    const queue = await createQueue(broker.onTestEnd);
    const fn = await broker.startFunction(failingOn('a', 'c'));
    const timestamp = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    await broker.produce(topic, [
      { partition: 0, value: 'a', timestamp },
      { partition: 0, value: 'b', timestamp: timestamp + 1 },
      { partition: 1, value: 'c', timestamp },
    ]);

    await broker.startMapping({
      topic,
      consumerGroupId: group,
      function: fn,
      properties: { MaximumRetryAttempts: 2, MaximumBatchingWindowInSeconds: 1, ...to(queue) },
    });
    await broker.untilCommitted(group, topic, { 0: 2, 1: 1 });

    expect(valuesOf(fn.batches)).toEqual([
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
      ['a', 'b', 'c'],
    ]);
    expect(await queue.receiveAll()).toEqual([
      {
        requestContext: {
          requestId: expect.stringMatching(UUID),
          functionArn: fn.arn,
          condition: 'RetryAttemptsExhausted',
          approximateInvokeCount: 3,
        },
        responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
        version: '1.0',
        timestamp: expect.stringMatching(ISO_TIME),
        KafkaBatchInfo: {
          batchSize: 3,
          eventSourceArn: CLUSTER_ARN,
          bootstrapServers: engineAddresses().broker,
          payloadSize: Buffer.byteLength(JSON.stringify(fn.events[0])),
          recordsInfo: {
            [`${topic}-0`]: {
              firstRecordOffset: '0',
              lastRecordOffset: '1',
              firstRecordTimestamp: '2026-01-02T03:04:05.678Z',
              lastRecordTimestamp: '2026-01-02T03:04:05.679Z',
            },
            [`${topic}-1`]: {
              firstRecordOffset: '0',
              lastRecordOffset: '0',
              firstRecordTimestamp: '2026-01-02T03:04:05.678Z',
              lastRecordTimestamp: '2026-01-02T03:04:05.678Z',
            },
          },
        },
      },
    ]);
  });

  test('ESM-050 ESM-051 gets halves in order when the mapping bisects, until the bad record is alone', async () => {
    const topic = await broker.createTopic();
    const group = aGroup();
    const queue = await createQueue(broker.onTestEnd);
    const fn = await broker.startFunction(failingOn('c'));
    await broker.produce(topic, [{ value: 'a' }, { value: 'b' }, { value: 'c' }, { value: 'd' }]);

    await broker.startMapping({
      topic,
      consumerGroupId: group,
      function: fn,
      properties: { MaximumRetryAttempts: 1, BisectBatchOnFunctionError: true, ...to(queue) },
    });
    await broker.untilCommitted(group, topic, { 0: 4 });

    expect(valuesOf(fn.batches)).toEqual([['a', 'b', 'c', 'd'], ['a', 'b'], ['c', 'd'], ['c'], ['c'], ['d']]);
    expect(await queue.receiveAll()).toMatchObject([
      {
        requestContext: { approximateInvokeCount: 4 },
        KafkaBatchInfo: {
          batchSize: 1,
          recordsInfo: { [`${topic}-0`]: { firstRecordOffset: '2', lastRecordOffset: '2' } },
        },
      },
    ]);
  });

  test('ESM-054 is not charged for calls that were throttled', async () => {
    const topic = await broker.createTopic();
    const group = aGroup();
    const fn = await broker.startFunction((_batch, call) => {
      if (call < 4) throw throttled('ReservedFunctionConcurrentInvocationLimitExceeded');
      return null;
    });
    await broker.produce(topic, [{ value: 'a' }]);

    const mapping = await broker.startMapping({
      topic,
      consumerGroupId: group,
      function: fn,
      properties: { MaximumRetryAttempts: 0 },
    });
    await broker.untilCommitted(group, topic, { 0: 1 });
    await eventually('its count', () => mapping.counts['InvokedEventCount'] !== undefined);

    expect(valuesOf(fn.batches)).toEqual([['a'], ['a'], ['a'], ['a']]);
    expect(mapping.counts).toMatchObject({ InvokeErrorCount: 3, InvokedEventCount: 1 });
    expect(mapping.counts).not.toHaveProperty('DroppedEventCount');
  });
});

test('ESM-036 ESM-070 a partial response has only the listed records retried, and no commit passes them', async () => {
  const topic = await broker.createTopic();
  const group = aGroup();
  const committedAtCall: unknown[] = [];
  const fn = await broker.startFunction(async (batch, call) => {
    committedAtCall.push(await broker.committed(group, topic));
    const failed = batch.filter(({ value }) => value === 'b' || (value === 'd' && call === 1));
    return call < 3 ? reporting(topic, failed) : null;
  });
  await broker.produce(topic, [{ value: 'a' }, { value: 'b' }, { value: 'c' }, { value: 'd' }]);

  await broker.startMapping({
    topic,
    consumerGroupId: group,
    function: fn,
    properties: { FunctionResponseTypes: ['ReportBatchItemFailures'] },
  });
  await broker.untilCommitted(group, topic, { 0: 4 });

  expect(valuesOf(fn.batches)).toEqual([['a', 'b', 'c', 'd'], ['b', 'd'], ['b']]);
  expect(committedAtCall).toEqual([{}, { 0: 1 }, { 0: 1 }]);
});

test('ESM-072 a partition waits while its batch is retried, and the others continue', async () => {
  const topic = await broker.createTopic(2);
  const group = aGroup();
  let healed = false;
  const fn = await broker.startFunction((batch) => {
    if (!healed && batch.some(({ partition }) => partition === 0)) throw new Error('cannot');
    return null;
  });
  await broker.produce(topic, [{ partition: 0, value: 'stuck' }]);
  await broker.startMapping({ topic, consumerGroupId: group, function: fn });
  await eventually('a retry', () => fn.batches.length > 1);

  await broker.produce(topic, [
    { partition: 0, value: 'behind' },
    { partition: 1, value: 'beside' },
  ]);
  await broker.untilCommitted(group, topic, { 1: 1 });
  const before = new Set(valuesOf(fn.batches).flat());
  healed = true;
  await broker.untilCommitted(group, topic, { 0: 2, 1: 1 });

  expect(before).toEqual(new Set(['stuck', 'beside']));
  expect(valuesOf(fn.batches).at(-1)).toEqual(['behind']);
});

test('ESM-072 without holdPartition later records pass those that are retried, and no commit does', async () => {
  const topic = await broker.createTopic();
  const group = aGroup();
  const committedAtRetry: unknown[] = [];
  let healed = false;
  const fn = await broker.startFunction(async (batch, call) => {
    const stuck = batch.filter(({ value }) => value === 'stuck');
    if (call > 1 && stuck.length > 0) committedAtRetry.push(await broker.committed(group, topic));
    return healed ? null : reporting(topic, stuck);
  });
  await broker.produce(topic, [{ value: 'before' }, { value: 'stuck' }]);
  await broker.startMapping({
    topic,
    consumerGroupId: group,
    function: fn,
    properties: { FunctionResponseTypes: ['ReportBatchItemFailures'] },
    options: { holdPartition: false },
  });
  await eventually('a retry', () => committedAtRetry.length > 0);

  await broker.produce(topic, [{ value: 'behind' }, { value: 'far behind' }]);
  await eventually('later records', () => sortedValues(fn.batches).includes('far behind'));
  const retries = committedAtRetry.length;
  await eventually('two more retries', () => committedAtRetry.length > retries + 1);
  healed = true;
  await broker.untilCommitted(group, topic, { 0: 4 });

  expect(committedAtRetry).toEqual(committedAtRetry.map(() => ({ 0: 1 })));
  expect(valuesOf(fn.batches).slice(0, 2)).toEqual([['before', 'stuck'], ['stuck']]);
  expect(valuesOf(fn.batches).at(-1)).toEqual(['stuck']);
});

test('ESM-048 ESM-078 a record that is too old is discarded without a call; the others are delivered', async () => {
  const topic = await broker.createTopic();
  const group = aGroup();
  const queue = await createQueue(broker.onTestEnd);
  const fn = await broker.startFunction();
  await broker.produce(topic, [{ value: 'old', timestamp: Date.now() - 61_000 }, { value: 'fresh' }]);

  await broker.startMapping({
    topic,
    consumerGroupId: group,
    function: fn,
    properties: { MaximumRecordAgeInSeconds: 60, ...to(queue) },
  });
  await broker.untilCommitted(group, topic, { 0: 2 });

  expect(valuesOf(fn.batches)).toEqual([['fresh']]);
  expect(await queue.receiveAll()).toMatchObject([
    {
      requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 },
      responseContext: null,
      KafkaBatchInfo: {
        batchSize: 1,
        recordsInfo: { [`${topic}-0`]: { firstRecordOffset: '0', lastRecordOffset: '0' } },
      },
    },
  ]);
});
