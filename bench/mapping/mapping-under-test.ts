import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafkaClient, moveGroup, withAdmin, type Kafka } from '@order-events/kafka-tools';
import { enginesDirectory } from '../../cli/project-folders.ts';
import { controlClient, type ControlClient } from '../../local/environment/control/control-client.ts';
import type { EnvironmentOptions } from '../../local/environment/plan/environment-options.ts';
import { workIn } from '../../local/command/with-environment.ts';
import { launchEnvironment } from '../../local/environment/processes/launch-environment.ts';
import { waitFor } from '../../local/helpers/wait-for.ts';
import { childWith, usageOfGroup, type ProcessUsage } from '../harness/process-usage.ts';

export const TOPIC = 'bench';
export const GROUP = 'bench-group';
/** Any free port: a bench runs beside a developer's environment. */
const ANY_PORT = { port: 0, kind: 'preferred' } as const;
const SETTLED_WITHIN_MS = 60_000;

/** The mapping, its topic and its function. */
export interface MappingShape {
  readonly partitions: number;
  readonly batchSize: number;
  /** An export of function/index.mjs. */
  readonly handler: 'count' | 'together' | 'inOrder' | 'latency';
  /** Milliseconds of waiting for each record; see the function. */
  readonly workMs: number;
  readonly maximumPollers: number;
}

/** A mapping that runs in the local environment: a real broker, poller processes and execution environments. */
export interface MappingUnderTest {
  readonly bootstrapServers: string;
  readonly kafka: Kafka;
  /** The file that the function appends to. */
  readonly out: string;
  /** All processes of the environment. */
  readonly usage: () => readonly ProcessUsage[];
  /** Stops all pollers and moves the group to the beginning of the topic. */
  readonly rewind: () => Promise<void>;
  readonly setPollers: (count: number) => Promise<void>;
}

/** Starts a mapping, works with it, and stops it. @throws {Error} on another system than Linux. */
export async function withMapping(
  shape: MappingShape,
  work: (mapping: MappingUnderTest) => Promise<void>,
): Promise<void> {
  if (process.platform !== 'linux')
    throw new Error('This bench reads CPU and memory of processes from /proc, which only Linux has.');
  const directory = await mkdtemp(join(tmpdir(), 'order-events-bench-'));
  const out = join(directory, 'handled.txt');
  try {
    const launching = launchEnvironment(optionsOf(shape, { directory, out }), () => Promise.resolve(), {
      quiet: true,
    });
    // An interrupted bench ends its process, and the environment stops with it.
    const interruption = new AbortController();
    await workIn(launching, interruption.signal, ({ description }) => {
      const kafka = kafkaClient({ clientId: 'bench', brokers: description.bootstrapServers.split(',') });
      const control = controlClient(description);
      return work(mappingOn({ kafka, control, out, environmentGroup: childWith('guardian-process') }));
    });
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

function optionsOf(
  { partitions, batchSize, handler, workMs, maximumPollers }: MappingShape,
  { directory, out }: { readonly directory: string; readonly out: string },
): EnvironmentOptions {
  return {
    name: 'bench',
    ports: { broker: ANY_PORT, aws: ANY_PORT },
    invoke: 'processes',
    newTopicPartitions: partitions,
    emulator: {},
    enginesDirectory,
    keep: false,
    runDirectory: join(directory, 'run'),
    app: {
      kind: 'mapping',
      request: {
        FunctionName: 'work',
        EventSourceArn:
          'arn:aws:kafka:us-east-1:000000000000:cluster/bench/00000000-0000-0000-0000-000000000000-1',
        Topics: [TOPIC],
        StartingPosition: 'TRIM_HORIZON',
        BatchSize: batchSize,
        MaximumBatchingWindowInSeconds: 0,
        AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: GROUP },
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ProvisionedPollerConfig: { MinimumPollers: 1, MaximumPollers: maximumPollers },
      },
      functionFile: {
        codeDirectory: join(import.meta.dirname, 'function'),
        handler: `index.${handler}`,
        timeoutSeconds: 60,
        memorySizeMb: 1_024,
        environment: { OUT: out, WORK_MS: String(workMs) },
      },
    },
  };
}

interface Parts {
  readonly kafka: Kafka;
  readonly control: ControlClient;
  readonly out: string;
  readonly environmentGroup: number;
}

function mappingOn({ kafka, control, out, environmentGroup }: Parts): MappingUnderTest {
  const setPollers = async (count: number): Promise<void> => {
    await control.setPollers(GROUP, count);
  };
  return {
    bootstrapServers: control.environment.bootstrapServers,
    kafka,
    out,
    usage: () => usageOfGroup(environmentGroup),
    rewind: async () => {
      await setPollers(0);
      await withAdmin(kafka, async (admin) => {
        await waitFor(
          async () => {
            const { groups } = await admin.describeGroups([GROUP]);
            return groups.every(({ state }) => state === 'Empty' || state === 'Dead');
          },
          { what: 'the group to have no members', timeoutMs: SETTLED_WITHIN_MS },
        );
        const starts = await admin.fetchTopicOffsets(TOPIC);
        const offsets = new Map(starts.map(({ partition, low }) => [partition, Number(low)]));
        await moveGroup(admin, { groupId: GROUP, topic: TOPIC, offsets });
      });
    },
    setPollers,
  };
}
