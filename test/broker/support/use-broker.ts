import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import type { Admin } from 'kafkajs';
import { waitFor } from '../../../local/helpers/wait-for.ts';
import type { MappingSupervisor } from '../../../local/event-source-mapping/supervisor/mapping-supervisor.ts';
import { cleanUpsAfterEach } from './clean-ups.ts';
import { engineAddresses } from './engine-addresses.ts';
import { connectAdmin, connectKafkaAdmin, type KafkaAdmin, type Offsets } from './kafka-admin.ts';
import { startScriptedFunction, type Script, type ScriptedFunction } from './scripted-function.ts';
import { startTestMapping, type TestMapping } from './start-test-mapping.ts';

/** How long a busy machine may take for what takes a second or two. */
const TIMEOUT_MS = 30_000;

/** The broker as tests use it. What is started with it ends with the test. */
export interface Broker extends Pick<KafkaAdmin, 'produce' | 'deleteRecordsBefore' | 'setCommitted'> {
  /** Makes a topic of its own for the test. Default: one partition. */
  createTopic(partitions?: number): Promise<string>;
  startFunction(script?: Script): Promise<ScriptedFunction>;
  /** Starts a mapping and waits until its pollers have all partitions of the topic between them. */
  startMapping(mapping: TestMapping): Promise<MappingSupervisor>;
  /** Starts a mapping without waiting for its pollers. */
  beginMapping(mapping: TestMapping): MappingSupervisor;
  committed(group: string, topic: string): Promise<Offsets>;
  /** Waits until the group's committed offsets are these. */
  untilCommitted(group: string, topic: string, offsets: Offsets): Promise<void>;
  memberCount(group: string): Promise<number>;
  /** The client's own admin, for what only one test does. */
  connectAdmin(): Promise<Admin>;
  onTestEnd(cleanUp: () => unknown): void;
}

/** A group id that no other test has. */
export function aGroup(): string {
  return `group-${randomUUID()}`;
}

/** Waits for a condition that takes a moment. @throws {Error} naming what was waited for. */
export function eventually(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  return waitFor(condition, { what, timeoutMs: TIMEOUT_MS });
}

/** Waits until the pollers of a mapping are in no rebalance and have so many partitions between them. */
export function untilShared(mapping: MappingSupervisor, partitions: number): Promise<void> {
  return eventually(`the pollers to share ${partitions} partitions`, () => {
    const owned = mapping.pollers.flatMap((poller) => poller.partitions);
    return (
      mapping.pollers.every(({ settled }) => settled) &&
      owned.length === partitions &&
      new Set(owned).size === partitions
    );
  });
}

/** Connects a test file to the broker that the global setup started. */
export function useBroker(): Broker {
  const onTestEnd = cleanUpsAfterEach();
  const partitionsOf = new Map<string, number>();
  let admin: KafkaAdmin;
  beforeAll(async () => {
    admin = await connectKafkaAdmin(engineAddresses().broker);
  });
  afterAll(() => admin.disconnect());

  const beginMapping = (test: TestMapping): MappingSupervisor => {
    const mapping = startTestMapping(test, engineAddresses());
    onTestEnd(() => endMapping(mapping));
    return mapping;
  };
  return {
    onTestEnd,
    beginMapping,
    startMapping: async (test) => {
      const mapping = beginMapping(test);
      await untilShared(mapping, partitionsOf.get(test.topic) ?? 0);
      return mapping;
    },
    createTopic: async (partitions = 1) => {
      const topic = await admin.createTopic(partitions);
      partitionsOf.set(topic, partitions);
      return topic;
    },
    startFunction: async (script) => {
      const scripted = await startScriptedFunction(script);
      onTestEnd(() => scripted.close());
      return scripted;
    },
    produce: (topic, records) => admin.produce(topic, records),
    deleteRecordsBefore: (topic, offsets) => admin.deleteRecordsBefore(topic, offsets),
    setCommitted: (group, topic, offsets) => admin.setCommitted(group, topic, offsets),
    memberCount: (group) => admin.memberCount(group),
    connectAdmin: async () => {
      const own = await connectAdmin(engineAddresses().broker);
      onTestEnd(() => own.disconnect());
      return own;
    },
    committed: (group, topic) => admin.committed(group, topic),
    untilCommitted: (group, topic, offsets) =>
      eventually(`${group} to commit ${JSON.stringify(offsets)}`, async () => {
        const committed = await admin.committed(group, topic);
        return JSON.stringify(committed) === JSON.stringify(offsets);
      }),
  };
}

/** A test is over whatever its function still does, so its pollers need not wait for an open call. */
async function endMapping(mapping: MappingSupervisor): Promise<void> {
  const { pollers } = mapping;
  const stopped = mapping.stop();
  for (const poller of pollers) poller.kill();
  await stopped;
}
