import { expect, test } from '@jest/globals';
import { functionMetrics } from '../../../local/metrics/function-metrics.ts';
import type { Metric } from '../../../local/metrics/metric.ts';
import { queueMetrics } from '../../../local/metrics/queue-metrics.ts';

const values = (metrics: readonly Metric[]): Record<string, number> =>
  Object.fromEntries(metrics.map(({ name, value }) => [name, value]));

test.each([
  [
    'an invocation that succeeds',
    { kind: 'ran', durationMs: 12, failed: false },
    { Invocations: 1, Errors: 0, Throttles: 0, Duration: 12 },
  ],
  [
    'an invocation that fails',
    { kind: 'ran', durationMs: 12, failed: true },
    { Invocations: 1, Errors: 1, Throttles: 0, Duration: 12 },
  ],
  ['a throttled request, which is no invocation', { kind: 'throttled' }, { Throttles: 1 }],
] as const)('%s counts as Lambda counts it', (_story, ended, expected) => {
  const metrics = functionMetrics('billing', ended);

  expect(values(metrics)).toEqual(expected);
});

test('the age of the oldest message of a queue is left out where nobody knows it', () => {
  const queue = { queueName: 'q', visible: 3, inFlight: 1, delayed: 0 };

  const [known, unknown] = [60, undefined].map((oldestSeconds) =>
    values(queueMetrics({ ...queue, oldestSeconds })),
  );

  const counts = {
    ApproximateNumberOfMessagesVisible: 3,
    ApproximateNumberOfMessagesNotVisible: 1,
    ApproximateNumberOfMessagesDelayed: 0,
  };
  expect([known, unknown]).toEqual([{ ...counts, ApproximateAgeOfOldestMessage: 60 }, counts]);
});
