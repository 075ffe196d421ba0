import { expect, test } from '@jest/globals';
import { createEventSourceMappings } from '../../../../local/event-source-mapping/supervisor/event-source-mappings.ts';
import type { PartitionOffsets } from '@order-events/kafka-tools';
import { createScaler } from '../../../../local/event-source-mapping/scaling/scale-mappings.ts';
import { aSpec, range } from '../builders.ts';
import { superviseFakes, type FakePollers, type Supervision } from '../supervisor/fake-pollers.ts';

interface Setup extends Supervision {
  /** Evaluates the mapping with so many records waiting in each of four partitions. */
  evaluate(backlogOfPartition: number): Promise<void>;
}

function aBacklog(partition: number, records: number): PartitionOffsets {
  return { partition, start: 0, end: records, committed: 0 };
}

async function scale(fakes: Partial<FakePollers> = {}): Promise<Setup> {
  const supervision = superviseFakes({ initialPollers: 1, ...fakes });
  const mappings = createEventSourceMappings(() => Promise.resolve(supervision.supervisor));
  await mappings.create({ mappingId: 'm', functionArn: 'arn', spec: aSpec() });
  let offsets: readonly PartitionOffsets[] = [];
  const step = createScaler(mappings, () => Promise.resolve(offsets));
  const evaluate = async (backlogOfPartition: number): Promise<void> => {
    offsets = range(0, 3).map((partition) => aBacklog(partition, backlogOfPartition));
    await step();
    await new Promise(setImmediate);
  };
  return { ...supervision, evaluate };
}

test('ESM-094 ESM-095 a growing backlog brings more pollers, up to the partition count', async () => {
  const { running, evaluate } = await scale();
  const counts: number[] = [];

  for (const backlog of [100, 500, 1_000, 2_000]) {
    await evaluate(backlog);
    counts.push(running.length);
  }

  expect(counts).toStrictEqual([2, 4, 4, 4]);
});

test('ESM-094 pollers stop one by one when no record waits, down to the minimum', async () => {
  const { running, evaluate } = await scale({ initialPollers: 4 });
  const counts: number[] = [];

  for (const backlog of [0, 0, 0, 0]) {
    await evaluate(backlog);
    counts.push(running.length);
  }

  expect(counts).toStrictEqual([3, 2, 1, 1]);
});

test('ESM-094 open calls end before a new poller joins the group', async () => {
  const { running, evaluate } = await scale({ leave: 'afterCall' });

  await evaluate(500);
  const during = running.length;
  running[0]?.endCall();
  await new Promise(setImmediate);

  expect([during, running.length]).toStrictEqual([1, 2]);
});

test('a mapping whose pollers are overridden is not scaled', async () => {
  const { supervisor, running, evaluate } = await scale();
  supervisor.setPollers(1);

  await evaluate(500);

  expect([running.length, supervisor.scaledPollers]).toStrictEqual([1, 1]);
});

test('ESM-098 a disabled mapping is not scaled', async () => {
  const { supervisor, evaluate } = await scale();
  await supervisor.setEnabled(false);

  await evaluate(500);

  expect(supervisor.scaledPollers).toBe(1);
});

test('a mapping whose topic cannot be read does not keep another from being scaled', async () => {
  const [lost, other] = [superviseFakes({ initialPollers: 1 }), superviseFakes({ initialPollers: 1 })];
  const mappings = createEventSourceMappings(({ mappingId }) =>
    Promise.resolve(mappingId === 'lost' ? lost.supervisor : other.supervisor),
  );
  const reads = [
    () => Promise.reject(new Error('no such topic')),
    () => Promise.resolve(range(0, 3).map((partition) => aBacklog(partition, 500))),
  ];
  for (const mappingId of ['lost', 'other']) {
    const group = { ConsumerGroupId: mappingId };
    const spec = aSpec({ FunctionName: mappingId, AmazonManagedKafkaEventSourceConfig: group });
    await mappings.create({ mappingId, functionArn: 'arn', spec });
  }

  const step = createScaler(mappings, () => reads.shift()?.() ?? Promise.resolve([]))();
  const failure = await step.catch((error: unknown) => String(error));
  await new Promise(setImmediate);

  expect([failure, lost.running.length, other.running.length]).toStrictEqual([
    'AggregateError: mapping m: no such topic',
    1,
    2,
  ]);
});
