import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readGroups } from '@order-events/kafka-tools';
import { choosePort } from '../../local/engines/choose-port.ts';
import { lastLines } from '../../local/engines/last-lines.ts';
import { benchDirectory } from '../harness/folders.ts';
import { usageOfGroup, type ProcessUsage } from '../harness/process-usage.ts';
import type { KafkaJsProcessSettings, KafkaJsSettings } from './kafkajs-settings.ts';
import { GROUP, TOPIC, type MappingShape, type MappingUnderTest } from './mapping-under-test.ts';
import type { Reader } from './measure-reading.ts';

/** Our mapping with this number of pollers. Its execution environments stay warm from round to round. */
export function mappingReader(mapping: MappingUnderTest, pollers: number): Reader {
  return {
    start: () => mapping.setPollers(pollers),
    stop: () => mapping.rewind(),
    idle: () => idleMembers(mapping, GROUP),
    lastWords: () => Promise.resolve('(its log ended with the bench)'),
    usage: mapping.usage,
  };
}

/** Plain kafkajs consumers in one process, which call the function in process. */
export function kafkaJsReader(
  mapping: MappingUnderTest,
  shape: MappingShape,
  settings: KafkaJsSettings,
): Reader {
  const { bootstrapServers } = mapping;
  const { handler } = shape;
  return childReader(mapping, shape, (groupId) => {
    const given: KafkaJsProcessSettings = {
      ...settings,
      bootstrapServers,
      topic: TOPIC,
      fromBeginning: true,
      groupId,
      handler,
    };
    const program = join(import.meta.dirname, 'kafkajs-process.ts');
    return Promise.resolve({ program, arguments: [JSON.stringify(given)], environment: {} });
  });
}

/** The function behind serverless-offline and its Kafka plugin. */
export function pluginReader(mapping: MappingUnderTest, shape: MappingShape): Reader {
  return childReader(mapping, shape, async (groupId) => ({
    program: createRequire(join(benchDirectory, 'package.json')).resolve('serverless/bin/serverless.js'),
    arguments: ['offline', 'start'],
    directory: join(benchDirectory, 'peers', 'serverless-offline'),
    environment: {
      HTTP_PORT: String(await choosePort(0)),
      LAMBDA_PORT: String(await choosePort(0)),
      WEBSOCKET_PORT: String(await choosePort(0)),
      TOPIC,
      GROUP: groupId,
      EXPORT: shape.handler,
      BATCH_SIZE: String(shape.batchSize),
      BOOTSTRAP_SERVERS: mapping.bootstrapServers,
      SLS_TELEMETRY_DISABLED: '1',
      SLS_INTERACTIVE_SETUP_ENABLE: '0',
      SLS_NOTIFICATIONS_MODE: 'off',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
  }));
}

interface Program {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly directory?: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A reader that is a process of its own, new for each round, in a group that begins at the start of the topic. */
function childReader(
  mapping: MappingUnderTest,
  { workMs }: MappingShape,
  programOf: (groupId: string) => Promise<Program>,
): Reader {
  let child: ChildProcess | undefined;
  let groupId = '';
  const log = `${mapping.out}.log`;
  return {
    start: async () => {
      const output = openSync(log, 'w');
      groupId = `peer-${Date.now()}`;
      const { program, arguments: words, directory, environment } = await programOf(groupId);
      child = spawn(process.execPath, [program, ...words], {
        ...(directory === undefined ? {} : { cwd: directory }),
        env: { ...process.env, ...environment, OUT: mapping.out, WORK_MS: String(workMs) },
        // A process group of its own, whose CPU can be read and which ends as a whole.
        detached: true,
        stdio: ['ignore', output, output],
      });
    },
    stop: () => killed(child),
    idle: () => idleMembers(mapping, groupId),
    lastWords: () => lastLines(log),
    usage: () => [...brokerOf(mapping), ...(child?.pid === undefined ? [] : usageOfGroup(child.pid))],
  };
}

async function killed(child: ChildProcess | undefined): Promise<void> {
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  process.kill(-child.pid, 'SIGKILL');
  await ended;
}

function brokerOf({ usage }: MappingUnderTest): readonly ProcessUsage[] {
  return usage().filter(({ command }) => command.includes('kafka.Kafka'));
}

/** Members without partitions, as the broker describes the group. */
async function idleMembers({ kafka }: MappingUnderTest, groupId: string): Promise<number> {
  const groups = await readGroups(kafka);
  const members = groups.find((group) => group.groupId === groupId)?.members ?? [];
  return members.filter((member) => member.partitions.every(({ partitions }) => partitions.length === 0))
    .length;
}
