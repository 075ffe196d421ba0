import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { publishGroup, samplerHandler } from '../../../functions/sampler/sampler-handler.ts';

let output: string[];

beforeEach(() => {
  output = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((chunk) => output.push(String(chunk)) > 0);
});

afterEach(() => {
  jest.restoreAllMocks();
});

const newMetrics = () => new Metrics({ namespace: 'order-events-dev', serviceName: 'sampler' });
const lines = () => output.map((line) => JSON.parse(line) as Record<string, unknown>);

test('a group is one EMF line with its dimension, without what is not known', () => {
  const publish = publishGroup(newMetrics());

  publish('billing-group', { TrueLag: 3, RetentionUsed: 12.5 });
  publish('inventory-group', { TrueLag: 0 });

  expect(lines()).toEqual([
    {
      _aws: expect.anything(),
      service: 'sampler',
      ConsumerGroup: 'billing-group',
      TrueLag: 3,
      RetentionUsed: 12.5,
    },
    { _aws: expect.anything(), service: 'sampler', ConsumerGroup: 'inventory-group', TrueLag: 0 },
  ]);
});

test('a sample is published as a sign of life', async () => {
  const handler = samplerHandler({
    logger: new Logger({ serviceName: 'sampler' }),
    metrics: newMetrics(),
    sample: async () => 3,
  });

  const answer = await handler({}, {} as Context);

  expect(answer).toEqual({ groups: 3 });
  expect(lines()).toEqual([{ _aws: expect.anything(), service: 'sampler', SamplesTaken: 1 }]);
});

test('a sample that failed is an error and no sign of life', async () => {
  const handler = samplerHandler({
    logger: new Logger({ serviceName: 'sampler' }),
    metrics: newMetrics(),
    sample: () => Promise.reject(new Error('no broker')),
  });

  const attempt = handler({}, {} as Context);

  await expect(attempt).rejects.toThrow('no broker');
  expect(lines()).toEqual([]);
});
