import {
  CloudWatchClient,
  type GetMetricDataCommand,
  type MetricDataResult,
} from '@aws-sdk/client-cloudwatch';
import { expect, test } from '@jest/globals';
import { readSamples } from '../../../../local/alarms/live/read-samples.ts';
import type { SetStatistic } from '../../../../local/alarms/statistic.ts';

const MINUTE = 60_000;
const VALUES: Readonly<Record<SetStatistic, number>> = { Sum: 12, SampleCount: 3, Minimum: 2, Maximum: 6 };

/** A client of an endpoint where every metric has the same values in the minutes 1 and 2. */
function endpoint() {
  const asked: { from: number; to: number; queries: number }[] = [];
  const client = new CloudWatchClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  client.middlewareStack.add(
    () =>
      ({ input }) => {
        const { StartTime, EndTime, MetricDataQueries = [] } = input as GetMetricDataCommand['input'];
        asked.push({
          from: StartTime?.getTime() ?? -1,
          to: EndTime?.getTime() ?? -1,
          queries: MetricDataQueries.length,
        });
        const MetricDataResults = MetricDataQueries.map(({ Id, MetricStat }): MetricDataResult => {
          const value = VALUES[MetricStat?.Stat as SetStatistic];
          return {
            Id,
            Timestamps: [2, 1].map((minute) => new Date(minute * MINUTE)),
            Values: [value, value],
          };
        });
        return Promise.resolve({ output: { $metadata: {}, MetricDataResults }, response: {} });
      },
    { step: 'initialize' },
  );
  return { client, asked };
}

const aMetric = (name: string) => ({ namespace: 'orders', name, dimensions: { Group: 'billing' } });

test('the minutes of a metric have the statistics that were wanted, and are not a number in the others', async () => {
  const { client, asked } = endpoint();
  const wanted = [
    { metric: aMetric('lag'), from: 0, statistics: new Set(['Maximum', 'SampleCount'] as const) },
    { metric: aMetric('orders'), from: MINUTE, statistics: new Set(['Sum'] as const) },
  ];

  const read = await readSamples(client, wanted, 3 * MINUTE);

  expect([
    read(aMetric('lag'), 2 * MINUTE, 3 * MINUTE),
    read(aMetric('orders'), 0, 2 * MINUTE),
    asked,
  ]).toEqual([
    [{ at: 2 * MINUTE, value: Number.NaN, set: { count: 3, minimum: Number.NaN, maximum: 6 } }],
    [
      {
        at: MINUTE,
        value: 12,
        set: { count: Number.NaN, minimum: Number.NaN, maximum: Number.NaN },
      },
    ],
    [
      { from: 0, to: 3 * MINUTE, queries: 2 },
      { from: MINUTE, to: 3 * MINUTE, queries: 1 },
    ],
  ]);
});

test('a call asks for 500 statistics at the most, and none is lost between two', async () => {
  const { client, asked } = endpoint();
  const names = Array.from({ length: 167 }, (_unused, index) => `metric-${index}`);
  const statistics = new Set(['Sum', 'Minimum', 'Maximum'] as const);

  const read = await readSamples(
    client,
    names.map((name) => ({ metric: aMetric(name), from: 0, statistics })),
    3 * MINUTE,
  );

  const minute = { value: 12, set: { count: Number.NaN, minimum: 2, maximum: 6 } };
  expect([
    asked.map(({ queries }) => queries),
    names.map((name) => read(aMetric(name), 0, 2 * MINUTE)),
  ]).toEqual([[500, 1], names.map(() => [{ at: MINUTE, ...minute }])]);
});

test('a metric that was not wanted has no values', async () => {
  const { client } = endpoint();

  const read = await readSamples(client, [], 3 * MINUTE);

  expect(read(aMetric('lag'), 0, 3 * MINUTE)).toEqual([]);
});
