import { createRequire } from 'node:module';
import { join } from 'node:path';
import { readGroups } from '@order-events/kafka-tools';
import { choosePort } from '../../local/engines/choose-port.ts';
import { lastLines } from '../../local/engines/last-lines.ts';
import { peersDirectory } from '../harness/folders.ts';
import type { ProcessUsage } from '../harness/process-usage.ts';
import { kafkaJsProgram, startChild, type Child, type Program } from './child.ts';
import type { KafkaJsSettings } from './kafkajs-settings.ts';
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
  { handler, workMs }: MappingShape,
  settings: KafkaJsSettings,
): Reader {
  const { bootstrapServers, out } = mapping;
  return childReader(mapping, (groupId) =>
    Promise.resolve(
      kafkaJsProgram(
        { ...settings, bootstrapServers, topic: TOPIC, fromBeginning: true, groupId, handler },
        { out, workMs },
      ),
    ),
  );
}

/** The function behind serverless-offline and its Kafka plugin. */
export function pluginReader(
  mapping: MappingUnderTest,
  { handler, workMs, batchSize }: MappingShape,
): Reader {
  return childReader(mapping, async (groupId) => ({
    path: createRequire(join(peersDirectory, 'package.json')).resolve('serverless/bin/serverless.js'),
    arguments: ['offline', 'start'],
    directory: join(peersDirectory, 'serverless-offline'),
    environment: {
      HTTP_PORT: String(await choosePort(0)),
      LAMBDA_PORT: String(await choosePort(0)),
      WEBSOCKET_PORT: String(await choosePort(0)),
      TOPIC,
      GROUP: groupId,
      EXPORT: handler,
      BATCH_SIZE: String(batchSize),
      BOOTSTRAP_SERVERS: mapping.bootstrapServers,
      OUT: mapping.out,
      WORK_MS: String(workMs),
      SLS_TELEMETRY_DISABLED: '1',
      SLS_INTERACTIVE_SETUP_ENABLE: '0',
      SLS_NOTIFICATIONS_MODE: 'off',
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
    },
    log: `${mapping.out}.log`,
  }));
}

/** A reader that is a process of its own, new for each round, in a group that begins at the start of the topic. */
function childReader(mapping: MappingUnderTest, programOf: (groupId: string) => Promise<Program>): Reader {
  let child: Child | undefined;
  let groupId = '';
  return {
    start: async () => {
      groupId = `peer-${Date.now()}`;
      child = startChild(await programOf(groupId));
    },
    stop: async () => child?.stop(),
    idle: () => idleMembers(mapping, groupId),
    lastWords: () => lastLines(`${mapping.out}.log`),
    usage: () => [...brokerOf(mapping), ...(child?.usage() ?? [])],
  };
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
