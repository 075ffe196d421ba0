import { expect, test } from '@jest/globals';
import { batchHandler } from '../../../functions/kafka/batch-handler.ts';
import { decodeHeaders } from '../../../functions/kafka/decode-headers.ts';
import type { BatchSummary } from '../../../functions/kafka/batch-summary.ts';
import type { ConsumerRecord } from '../../../functions/kafka/consumer-record.ts';
import type { KafkaEvent } from '../../../functions/kafka/kafka-event.ts';
import { recordByRecord } from '../../../functions/kafka/record-by-record.ts';
import { ok } from '../../../functions/kernel/result.ts';
import { batchSurroundings } from './attempts/in-memory-attempts.ts';
import { base64 } from './kafka-events.ts';

/** What a handler is given of a record, and what it says of the batch. */
interface Handled {
  readonly seen: readonly object[];
  readonly outcomes: Partial<BatchSummary['outcomes']>;
  readonly response: object;
}

const VALUE = { order: 'o-1' };

/** A record with the fields that all shapes share. */
const record = (fields: object = {}, partition = 0, offset = 15): object => ({
  topic: 'my-topic',
  partition,
  offset,
  timestamp: 1_545_084_650_987,
  timestampType: 'CREATE_TIME',
  value: base64(VALUE),
  ...fields,
});

const envelope = (records: object, more: object = {}): object => ({
  eventSource: 'aws:kafka',
  eventSourceArn:
    'arn:aws:kafka:us-east-1:123456789012:cluster/vpc-2priv-2pub/751d2973-a626-431c-9d4e-d7975eb44dd7-2',
  bootstrapServers: 'b-1.demo.amazonaws.com:9092,b-2.demo.amazonaws.com:9092',
  records,
  ...more,
});

const one = (fields: object): object => envelope({ 'my-topic-0': [record(fields)] });
const seen = (fields: object): object => ({ key: undefined, headers: [], value: VALUE, ...fields });
const header = (key: string, text: string): object => ({ key, text });

const schemaMetadata = { dataFormat: 'JSON', schemaId: '1234' };

/**
 * Payloads in the shapes of the fixtures of aws-lambda-go, the Java event library and Powertools for AWS Lambda, and of
 * the samples of the documentation over time.
 */
const shapes: readonly {
  readonly story: string;
  readonly event: object;
  readonly sees: readonly object[];
  readonly outcomes: Handled['outcomes'];
}[] = [
  {
    story: 'a key and headers, as in most fixtures',
    event: one({ key: 'cmVjb3JkS2V5', headers: [{ headerKey: [104, 101, 97, 100] }] }),
    sees: [seen({ key: 'cmVjb3JkS2V5', headers: [header('headerKey', 'head')] })],
    outcomes: { processed: 1 },
  },
  {
    story: 'signed header bytes, as Java counts them',
    event: one({ headers: [{ name: [-61, -87, 116, -61, -87] }] }),
    sees: [seen({ headers: [header('name', 'été')] })],
    outcomes: { processed: 1 },
  },
  {
    story: 'a header that repeats, in its order',
    event: one({ headers: [{ step: [49] }, { trace: [50] }, { step: [51] }] }),
    sees: [seen({ headers: [header('step', '1'), header('trace', '2'), header('step', '3')] })],
    outcomes: { processed: 1 },
  },
  {
    story: 'several names in one header object',
    event: one({ headers: [{ one: [49], two: [50] }] }),
    sees: [seen({ headers: [header('one', '1'), header('two', '2')] })],
    outcomes: { processed: 1 },
  },
  {
    story: 'an empty list of headers',
    event: one({ headers: [] }),
    sees: [seen({})],
    outcomes: { processed: 1 },
  },
  { story: 'null headers', event: one({ headers: null }), sees: [seen({})], outcomes: { processed: 1 } },
  {
    story: 'no headers, as in old samples',
    event: one({ key: 'aw==' }),
    sees: [seen({ key: 'aw==' })],
    outcomes: { processed: 1 },
  },
  { story: 'no key', event: one({}), sees: [seen({})], outcomes: { processed: 1 } },
  { story: 'a null key', event: one({ key: null }), sees: [seen({})], outcomes: { processed: 1 } },
  { story: 'an empty key', event: one({ key: '' }), sees: [seen({})], outcomes: { processed: 1 } },
  { story: 'no value', event: one({ value: undefined }), sees: [], outcomes: { skipped: 1 } },
  { story: 'a null value', event: one({ value: null }), sees: [], outcomes: { skipped: 1 } },
  { story: 'an empty value', event: one({ value: '' }), sees: [], outcomes: { parked: 1 } },
  {
    story: 'text that is no JSON, as in the documented sample',
    event: one({ value: 'SGVsbG8sIHRoaXMgaXMgYSB0ZXN0Lg==' }),
    sees: [],
    outcomes: { parked: 1 },
  },
  {
    story: 'metadata of schemas beside key and value',
    event: one({ key: 'NDI=', keySchemaMetadata: schemaMetadata, valueSchemaMetadata: schemaMetadata }),
    sees: [seen({ key: 'NDI=' })],
    outcomes: { processed: 1 },
  },
  {
    story: 'null metadata of schemas',
    event: one({ keySchemaMetadata: null, valueSchemaMetadata: null }),
    sees: [seen({})],
    outcomes: { processed: 1 },
  },
  {
    story: 'the append time of the log as its time',
    event: one({ timestampType: 'LOG_APPEND_TIME' }),
    sees: [seen({})],
    outcomes: { processed: 1 },
  },
  {
    story: 'self-managed Kafka, which has no ARN',
    event: envelope(
      { 'my-topic-0': [record()] },
      { eventSource: 'SelfManagedKafka', eventSourceArn: undefined },
    ),
    sees: [seen({})],
    outcomes: { processed: 1 },
  },
  {
    story: 'no bootstrap servers, as in the oldest samples',
    event: envelope({ 'my-topic-0': [record()] }, { bootstrapServers: undefined }),
    sees: [seen({})],
    outcomes: { processed: 1 },
  },
  {
    story: 'several partitions',
    event: envelope({ 'my-topic-0': [record({}, 0, 15)], 'my-topic-12': [record({ key: 'aw==' }, 12, 3)] }),
    sees: [seen({}), seen({ key: 'aw==' })],
    outcomes: { processed: 2 },
  },
  {
    story: 'an offset that a 32-bit number does not hold',
    event: envelope({ 'my-topic-0': [record({}, 0, 9_007_199_254_740_991)] }),
    sees: [seen({})],
    outcomes: { processed: 1 },
  },
  { story: 'a partition without records', event: envelope({ 'my-topic-0': [] }), sees: [], outcomes: {} },
  { story: 'no partition', event: envelope({}), sees: [], outcomes: {} },
];

/** Whatever our types say: a shape is what it is. */
const isEvent = (value: unknown): value is KafkaEvent => typeof value === 'object' && value !== null;

/** Runs a handler as Lambda does: the event is JSON. */
async function handled(event: object): Promise<Handled> {
  const given: object[] = [];
  const summaries: BatchSummary[] = [];
  const process = async ({
    key,
    headers,
    value,
  }: ConsumerRecord<unknown>): Promise<{ kind: 'processed' }> => {
    const texts = decodeHeaders(headers).map(({ key: name, value: bytes }) =>
      header(name, Buffer.from(bytes).toString()),
    );
    given.push({ key, headers: texts, value });
    return { kind: 'processed' };
  };
  const { invocationId: awsRequestId, ...surroundings } = batchSurroundings();
  const handler = batchHandler<unknown>(
    {
      parse: ({ value }) => ok(value),
      process: recordByRecord(process),
      park: () => Promise.resolve(),
      policy: { maxConcurrentRuns: 1, maxRecordsPerRun: 1, minRemainingMs: 0 },
      ...surroundings,
    },
    (summary) => summaries.push(summary),
  );
  const received: unknown = JSON.parse(JSON.stringify(event));
  if (!isEvent(received)) throw new TypeError('The shape is no object.');
  const response = await handler(received, { awsRequestId, getRemainingTimeInMillis: () => 30_000 });
  const outcomes = Object.entries(summaries[0]?.outcomes ?? {}).filter(([, count]) => count > 0);
  return { seen: given, outcomes: Object.fromEntries(outcomes), response };
}

test.each(shapes)('a handler reads a payload with $story', async ({ event, sees, outcomes }) => {
  const result = await handled(event);

  expect(result).toEqual({ seen: sees, outcomes, response: { batchItemFailures: [] } });
});
