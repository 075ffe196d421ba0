import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { consumerHandler } from '../../../functions/aws/consumer-handler.ts';
import type { ConsumerEnvironment } from '../../../functions/aws/environment.ts';
import type { KafkaEvent } from '../../../functions/kafka/kafka-event.ts';
import type { ProcessRecords } from '../../../functions/kafka/process-records.ts';
import type { ReceivedEvent } from '../../../functions/kernel/order-event.ts';

const environment: ConsumerEnvironment = {
  CONSUMER_GROUP_ID: 'billing-group',
  TABLE_NAME: 'billing',
  DLQ_URL: 'https://sqs.eu-central-1.amazonaws.com/123456789012/billing-dlq',
  CURRENCY: 'EUR',
  AWS_LAMBDA_FUNCTION_VERSION: '7',
  EFFECT_OBJECTIVE_SECONDS: 60,
  MAX_CONCURRENT_RUNS: 1,
  MAX_RECORDS_PER_RUN: 10,
  MIN_REMAINING_MS: 0,
};

const EMAIL = 'customer@example.com';

function anEvent(...values: readonly unknown[]): KafkaEvent {
  const records = values.map((value, offset) => ({
    topic: 'order-events',
    partition: 0,
    offset,
    timestamp: Date.now(),
    timestampType: 'CREATE_TIME',
    value: Buffer.from(JSON.stringify(value)).toString('base64'),
    headers: [],
  }));
  return {
    eventSource: 'aws:kafka',
    bootstrapServers: 'localhost:9092',
    records: { 'order-events-0': records },
  };
}

function contextWith(remainingMs: number): Context {
  return { awsRequestId: 'request-1', getRemainingTimeInMillis: () => remainingMs } as Context;
}

function handlerOf(process: ProcessRecords<ReceivedEvent>) {
  return consumerHandler({ environment, process });
}

/** Everything that a batch wrote, parsed. */
function written(spy: { mock: { calls: readonly (readonly unknown[])[] } }): unknown[] {
  return spy.mock.calls.map(([line]) => JSON.parse(String(line)) as unknown);
}

describe('a consumer function', () => {
  beforeEach(() => {
    jest.replaceProperty(process, 'env', {
      ...process.env,
      // Powertools writes to the global console then, where the tests can see it.
      POWERTOOLS_DEV: 'true',
      POWERTOOLS_METRICS_DISABLED: 'false',
      POWERTOOLS_SERVICE_NAME: 'billing',
      POWERTOOLS_METRICS_NAMESPACE: 'OrderEvents',
    });
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('reports the records that failed, in one log line without payload and one set of metrics', async () => {
    const warn = jest.spyOn(console, 'warn').mockReturnValue();
    const metrics = jest.spyOn(console, 'log').mockReturnValue();
    const failure = { code: 'store-unavailable', message: 'DynamoDB did not write.' } as const;
    const handler = handlerOf((records) =>
      Promise.resolve(
        records.map(() => ({ kind: 'failed', failure: { ...failure, cause: new Error(EMAIL) } })),
      ),
    );

    const response = await handler(anEvent({ order_id: '1000', amount: 10 }), contextWith(30_000));

    expect(response).toEqual({
      batchItemFailures: [{ itemIdentifier: { partition: 'order-events-0', offset: 0 } }],
    });
    expect(written(warn)).toMatchObject([
      {
        service: 'billing',
        function_request_id: 'request-1',
        records: 1,
        failures: { 'store-unavailable': 1 },
        failedRecords: [{ topic: 'order-events', partition: 0, offset: 0, ...failure }],
      },
    ]);
    expect(written(metrics)).toMatchObject([{ service: 'billing', RecordsFailed: 1, RecordsProcessed: 0 }]);
    expect(JSON.stringify([warn.mock.calls, metrics.mock.calls])).not.toContain(EMAIL);
  });

  test('gives no answer before its work is done, even past its deadline', async () => {
    jest.spyOn(console, 'info').mockReturnValue();
    jest.spyOn(console, 'log').mockReturnValue();
    const done = Promise.withResolvers<void>();
    const handler = handlerOf(async (records) => {
      await done.promise;
      return records.map(() => ({ kind: 'processed' }));
    });

    const answer = handler(anEvent({ order_id: '1000', amount: 10 }), contextWith(0));
    setTimeout(done.resolve, 5);
    const response = await answer;

    expect(response).toEqual({ batchItemFailures: [] });
  });
});
