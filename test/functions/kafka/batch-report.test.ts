import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import withMiddleware from '@middy/core';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { batchHandler } from '../../../functions/kafka/batch-handler.ts';
import { batchReport } from '../../../functions/kafka/batch-report.ts';
import type { KafkaBatchResponse, KafkaEvent } from '../../../functions/kafka/kafka-event.ts';
import type { BatchDependencies } from '../../../functions/kafka/process-batch.ts';
import { ok } from '../../../functions/kernel/result.ts';
import { batchSurroundings } from './attempts/in-memory-attempts.ts';
import { aKafkaEvent, aKafkaRecord, base64 } from './kafka-events.ts';

const PAYLOAD = 'SECRET-canary';
const CONTEXT = { getRemainingTimeInMillis: () => 30_000 } as Context;

let output: string[];

beforeEach(() => {
  output = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => output.push(String(chunk)) > 0);
  jest.spyOn(process.stderr, 'write').mockImplementation((chunk) => output.push(String(chunk)) > 0);
});

afterEach(() => {
  jest.restoreAllMocks();
});

/** A consumer's handler as it is deployed, with the real libraries and a consumer that fails as it is told. */
function aHandler(process: BatchDependencies<unknown>['process']) {
  const report = batchReport({
    logger: new Logger({ serviceName: 'billing' }),
    metrics: new Metrics({ namespace: 'order-events', serviceName: 'billing' }),
  });
  const handle = batchHandler(
    {
      parse: ({ value }) => ok(value),
      process,
      park: async () => {},
      policy: { maxConcurrentRuns: 1, maxRecordsPerRun: 10, minRemainingMs: 0 },
      ...batchSurroundings(),
    },
    report.batchDone,
  );
  return withMiddleware<KafkaEvent, KafkaBatchResponse>({ timeoutEarlyInMillis: 0 })
    .use(report)
    .handler(handle);
}

/** What was written, one JSON document a line. */
function lines(): Record<string, unknown>[] {
  return output.map((line) => JSON.parse(line) as Record<string, unknown>);
}

const PROCESSED = { kind: 'processed', effect: 'invoice' } as const;

test('a batch is one log line and one set of counts', async () => {
  const handler = aHandler(async (records) => records.map(() => PROCESSED));
  const records = [aKafkaRecord({ offset: 1 }), aKafkaRecord({ offset: 2, value: null })];

  const response = await handler(aKafkaEvent(records), CONTEXT);

  expect(response).toEqual({ batchItemFailures: [] });
  expect(lines()).toEqual([
    {
      level: 'INFO',
      message: 'Batch done',
      timestamp: expect.any(String),
      service: 'billing',
      sampling_rate: 0,
      records: 2,
      outcomes: { processed: 1, duplicate: 0, skipped: 1, parked: 0, failed: 0, heldBack: 0 },
      failures: {},
      skips: { tombstone: 1 },
      effects: { invoice: 1 },
      timeliness: { inTime: 1, late: 0, oldestMs: 0 },
      failedRecords: [],
    },
    {
      _aws: expect.anything(),
      service: 'billing',
      RecordsProcessed: 1,
      RecordsDuplicate: 0,
      RecordsSkipped: 1,
      RecordsParked: 0,
      RecordsFailed: 0,
      RecordsHeldBack: 0,
      EffectsInTime: 1,
      EffectsLate: 0,
      EffectAge: 0,
      Invoices: 1,
    },
  ]);
});

test('a failed record is logged with its coordinates, its reason and the place in the code, without any payload', async () => {
  const handler = aHandler(async () => {
    throw new RangeError(`cannot read ${PAYLOAD}\n    at ${PAYLOAD}`);
  });
  const record = aKafkaRecord({ key: base64(PAYLOAD), value: base64({ email: PAYLOAD }) });

  await handler(aKafkaEvent([record]), CONTEXT);

  expect(lines()[0]).toMatchObject({
    level: 'WARN',
    message: 'Batch done, with failures',
    failedRecords: [
      {
        topic: 'order-events',
        partition: 0,
        offset: 0,
        code: 'unexpected',
        message: 'Processing threw an error.',
        cause: { name: 'RangeError', frames: expect.arrayContaining([expect.stringContaining('at ')]) },
      },
    ],
  });
  expect(output.join()).not.toContain(PAYLOAD);
  expect(output.join()).not.toContain(base64(PAYLOAD));
});

test('a name with a line break and terminal codes forges no line', async () => {
  const handler = aHandler(async () => {
    throw new Error('a bug');
  });
  const record = aKafkaRecord({ topic: 'orders\n{"level":"INFO"}\u001B[2J' });

  await handler(aKafkaEvent([record]), CONTEXT);

  expect(output.map((line) => line.trimEnd().split('\n').length)).toEqual([1, 1]);
  expect(output.join()).not.toContain('\u001B');
});

test('a batch that ends with an error is one line too, and Lambda gets the error', async () => {
  const handler = aHandler(async () => []);
  const event = { records: PAYLOAD } as unknown as KafkaEvent;

  const answer = handler(event, CONTEXT);

  await expect(answer).rejects.toThrow(
    'This function takes the events of a Lambda event source mapping for Kafka',
  );
  expect(lines()).toEqual([
    expect.objectContaining({
      level: 'ERROR',
      message: 'Batch ended with an error',
      cause: { name: 'TypeError', frames: expect.any(Array) },
    }),
  ]);
});

test.each([
  ['text', 'oops', { name: 'thrown string', frames: [] }],
  ['nothing', undefined, { name: 'thrown undefined', frames: [] }],
  ['an error without a stack', Object.assign(new Error('x'), { stack: '' }), { name: 'Error', frames: [] }],
])('every thrown value can be described: %s', (_story, error, cause) => {
  const logger = { info: jest.fn(), warn: jest.fn(), error: jest.fn() };
  const metrics = { addMetric: jest.fn(), publishStoredMetrics: jest.fn() };

  batchReport({ logger, metrics }).onError({ error });

  expect(logger.error.mock.calls).toEqual([['Batch ended with an error', { cause }]]);
});
