import { expect, test } from '@jest/globals';
import { createEventSourceMappings } from '../../../local/event-source-mapping/supervisor/event-source-mappings.ts';
import type { MappingSupervisor } from '../../../local/event-source-mapping/supervisor/mapping-supervisor.ts';
import type { Metric } from '../../../local/metrics/metric.ts';
import { createMetricPublisher } from '../../../local/metrics/publish-metrics.ts';
import { aSpec } from '../event-source-mapping/builders.ts';
import { superviseFakes } from '../event-source-mapping/supervisor/fake-pollers.ts';

/** A mapping `m` with one partition, ten records of which nine are committed. */
async function publishing() {
  const { supervisor, running } = superviseFakes({
    initialPollers: 1,
    properties: { MetricsConfig: { Metrics: ['EventCount'] } },
  });
  const mappings = createEventSourceMappings(() => Promise.resolve(supervisor));
  await mappings.create({ mappingId: 'm', functionArn: 'arn', spec: aSpec() });
  const published: Metric[][] = [];
  const publish = createMetricPublisher(mappings, {
    brokers: {
      readOffsets: () => Promise.resolve([{ partition: 0, start: 0, end: 10, committed: 9 }]),
      readGroupState: () => Promise.resolve('Stable'),
    },
    put: (metrics) => {
      published.push([...metrics]);
      return Promise.resolve();
    },
    now: () => 0,
    expressClusters: new Set(),
  });
  return { supervisor, running, publish, published };
}

function valuesOf(published: readonly Metric[][], name: string): (number | undefined)[] {
  return published.map((metrics) => metrics.find((metric) => metric.name === name)?.value);
}

test('ESM-088 ESM-090 each publication has what was counted since the one before', async () => {
  const { running, publish, published } = await publishing();

  running[0]?.listener.counted({ PolledEventCount: 10, InvokedEventCount: 30 });
  await publish();
  running[0]?.listener.counted({ PolledEventCount: 4 });
  await publish();
  await publish();

  expect(valuesOf(published, 'PolledEventCount')).toStrictEqual([10, 4, 0]);
  expect(valuesOf(published, 'InvokedEventCount')).toStrictEqual([30, undefined, undefined]);
});

test('ESM-092 ESM-093 the lag is published for the mapping and for its group', async () => {
  const { publish, published } = await publishing();

  await publish();

  const lags = published.flat().filter(({ name }) => name.endsWith('OffsetLag'));
  expect(lags.map(({ namespace, name, value }) => [namespace, name, value])).toStrictEqual([
    ['AWS/Lambda', 'OffsetLag', 1],
    ['AWS/Kafka', 'MaxOffsetLag', 1],
    ['AWS/Kafka', 'SumOffsetLag', 1],
  ]);
});

test.each([
  ['ESM-098 a disabled mapping', (supervisor: MappingSupervisor) => supervisor.setEnabled(false)],
  [
    'a mapping without a poller',
    (supervisor: MappingSupervisor) => {
      supervisor.setPollers(0);
      return Promise.resolve();
    },
  ],
])('%s has no metrics, and Kafka tells how far its group is', async (_story, end) => {
  const { supervisor, publish, published } = await publishing();
  await end(supervisor);

  await publish();

  expect(published.flat().map(({ namespace, name }) => [namespace, name])).toStrictEqual([
    ['AWS/Kafka', 'MaxOffsetLag'],
    ['AWS/Kafka', 'SumOffsetLag'],
  ]);
});

test('a mapping whose topic cannot be read does not keep the metrics of another back', async () => {
  const { supervisor } = superviseFakes({ initialPollers: 1 });
  const mappings = createEventSourceMappings(() => Promise.resolve(supervisor));
  for (const mappingId of ['lost', 'other']) {
    const group = { ConsumerGroupId: mappingId };
    const spec = aSpec({ FunctionName: mappingId, AmazonManagedKafkaEventSourceConfig: group });
    await mappings.create({ mappingId, functionArn: 'arn', spec });
  }
  const reads = [
    () => Promise.reject(new Error('no such topic')),
    () => Promise.resolve([{ partition: 0, start: 0, end: 10, committed: 9 }]),
  ];
  const published: Metric[][] = [];

  const publication = createMetricPublisher(mappings, {
    brokers: {
      readOffsets: () => reads.shift()?.() ?? Promise.resolve([]),
      readGroupState: () => Promise.resolve('Stable'),
    },
    put: (metrics) => {
      published.push([...metrics]);
      return Promise.resolve();
    },
    now: () => 0,
    expressClusters: new Set(),
  })();

  await expect(publication).rejects.toThrow('mapping m: no such topic');
  expect(valuesOf(published, 'OffsetLag')).toStrictEqual([1]);
});
