import { setTimeout as delay } from 'node:timers/promises';
import { expect, jest, test } from '@jest/globals';
import type { MappingSupervisor } from '../../local/event-source-mapping/supervisor/mapping-supervisor.ts';
import { engineAddresses } from './support/engine-addresses.ts';
import type { NewRecord, Offsets } from './support/kafka-admin.ts';
import { monotonicNow, type JournalCall } from './support/recording-function.ts';
import { runRecordingFunction } from './support/run-recording-function.ts';
import { tendTestMappings } from './support/tend-test-mappings.ts';
import { aGroup, eventually, untilShared, useBroker } from './support/use-broker.ts';

jest.setTimeout(120_000);

const broker = useBroker();

const PARTITIONS = 6;
/** How long a call takes: so long that some are open whenever something waits. */
const CALL_MS = 250;
/** Records of each partition; the second wave is more than the first, so that the lag grows again. */
const WAVES = { first: 40, second: 60 };

/** So many records of each partition. */
function wave(count: number): NewRecord[] {
  return Array.from({ length: count }, (_record, index) => index).flatMap((index) =>
    Array.from({ length: PARTITIONS }, (_partition, partition) => ({ partition, value: String(index) })),
  );
}

/** The same offset in each partition. */
function everywhere(offset: number): Offsets {
  return Object.fromEntries(Array.from({ length: PARTITIONS }, (_, partition) => [partition, offset]));
}

/** Waits until a mapping has so many pollers, which share all partitions. */
async function untilPollers(mapping: MappingSupervisor, count: number): Promise<void> {
  await eventually(`${count} pollers`, () => mapping.pollers.length === count);
  await untilShared(mapping, PARTITIONS);
}

/** How often each record was handled, by `partition:offset`, of those that were not handled once. */
function notOnce(calls: readonly JournalCall[], perPartition: number): Record<string, number> {
  const handled = new Map<string, number>();
  for (let partition = 0; partition < PARTITIONS; partition += 1)
    for (let offset = 0; offset < perPartition; offset += 1) handled.set(`${partition}:${offset}`, 0);
  for (const [partition, offset] of calls.flatMap(({ records }) => records)) {
    const place = `${partition}:${offset}`;
    handled.set(place, (handled.get(place) ?? 0) + 1);
  }
  return Object.fromEntries([...handled].filter(([, times]) => times !== 1));
}

/** The calls that were open at a moment. */
function openAt(moment: number, calls: readonly JournalCall[]): JournalCall[] {
  return calls.filter(({ beganAt, handledAt = Infinity }) => beganAt <= moment && moment < handledAt);
}

/** A mapping of few records a call, so that its lag lasts. */
function between(minimum: number, maximum: number): Record<string, unknown> {
  return {
    BatchSize: 5,
    ProvisionedPollerConfig: { MinimumPollers: minimum, MaximumPollers: maximum },
  };
}

test('ESM-094 ESM-095 lag brings pollers up to the maximum, its end takes them away, and no record comes twice for it', async () => {
  const topic = await broker.createTopic(PARTITIONS);
  const [group, fixedGroup] = [aGroup(), aGroup()];
  const scaledFunction = await runRecordingFunction(CALL_MS, broker.onTestEnd);
  const fixedFunction = await broker.startFunction(() => delay(CALL_MS, null));
  const pollerStarts: number[] = [];
  const scaled = await broker.startMapping({
    topic,
    consumerGroupId: group,
    function: scaledFunction,
    properties: between(1, 4),
    onPollerStart: () => pollerStarts.push(monotonicNow()),
  });
  const fixed = await broker.startMapping({
    topic,
    consumerGroupId: fixedGroup,
    function: fixedFunction,
    properties: between(2, 2),
    pollers: 2,
  });
  const fixedPollers = fixed.pollers.map(({ pid }) => pid);
  const members = [await broker.memberCount(group)];

  await broker.produce(topic, wave(WAVES.first));
  const tending = await tendTestMappings([scaled, fixed], engineAddresses());
  broker.onTestEnd(() => tending.stop());
  await untilPollers(scaled, 2);
  await broker.produce(topic, wave(WAVES.second));
  await untilPollers(scaled, 4);
  members.push(await broker.memberCount(group));
  await broker.untilCommitted(group, topic, everywhere(WAVES.first + WAVES.second));
  await untilPollers(scaled, 1);
  members.push(await broker.memberCount(group));
  const calls = await scaledFunction.calls();

  expect({ members, failures: tending.failures }).toEqual({ members: [1, 4, 1], failures: [] });
  expect(notOnce(calls, WAVES.first + WAVES.second)).toEqual({});
  expect(pollerStarts.map((start) => openAt(start, calls))).toEqual([[], [], [], []]);
  expect(fixed.pollers.map(({ pid }) => pid)).toEqual(fixedPollers);
});
