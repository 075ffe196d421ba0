import {
  GetEventSourceMappingCommand,
  LambdaClient,
  paginateListEventSourceMappings,
  UpdateEventSourceMappingCommand,
  type EventSourceMappingConfiguration,
} from '@aws-sdk/client-lambda';
import { createGroupReader, lagOf } from '@order-events/kafka-tools';
import { topology, type ConsumerName } from '../../lib/topology/topology.ts';
import type { Target } from '../connection/target.ts';
import type { SwitchedMapping, SwitchPorts } from './switch-mapping.ts';

/** The event source mapping of one consumer, through Lambda's API. */
export interface ConsumerMapping extends Pick<SwitchPorts, 'read' | 'setEnabled' | 'hasFollowed' | 'lag'> {
  /** The consumer group, with the prefix that it has on a shared cluster. */
  readonly groupId: string;
  readonly close: () => Promise<void>;
}

/**
 * Finds the mapping of a consumer at its endpoint.
 * @throws {Error} when the endpoint has no mapping of its function and the topic.
 */
export async function openConsumerMapping(target: Target, consumer: ConsumerName): Promise<ConsumerMapping> {
  const client = new LambdaClient(target.awsClientConfig);
  const { UUID: uuid = '', AmazonManagedKafkaEventSourceConfig: kafkaConfig } = await findMapping(
    client,
    target,
    consumer,
  );
  const groupId = kafkaConfig?.ConsumerGroupId ?? groupIdOf(consumer);
  const lag = await openLag(target, groupId);
  return {
    groupId,
    read: async () => toSwitched(await client.send(new GetEventSourceMappingCommand({ UUID: uuid }))),
    setEnabled: async (UUID, Enabled) => {
      await client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }));
    },
    hasFollowed: (enabled) => hasFollowed(target, uuid, enabled),
    lag: lag.read,
    close: async () => {
      client.destroy();
      await lag.close();
    },
  };
}

function groupIdOf(consumer: ConsumerName): string {
  return topology.consumers.find(({ name }) => name === consumer)?.consumerGroupId ?? consumer;
}

async function findMapping(
  client: LambdaClient,
  { outputs, name }: Target,
  consumer: ConsumerName,
): Promise<EventSourceMappingConfiguration> {
  const FunctionName = outputs.functionNames[consumer];
  for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings(
    { client },
    { FunctionName },
  )) {
    // Lambda lets a function have one mapping of a topic; MiniStack does not say which topic that is.
    const mapping = EventSourceMappings.find(({ Topics = [outputs.topicName] }) =>
      Topics.includes(outputs.topicName),
    );
    if (mapping !== undefined) return mapping;
  }
  throw new Error(
    `The AWS endpoint of ${name} has no event source mapping of ${FunctionName} for ${outputs.topicName}. LocalStack, for ` +
      'example, has none. There you can stop the pollers instead: orders pollers <group> 0',
  );
}

function toSwitched({ UUID = '', State = 'unknown' }: EventSourceMappingConfiguration): SwitchedMapping {
  return { uuid: UUID, state: State };
}

/** Locally the environment looks at the endpoint every two seconds, and its pollers end their open calls first. */
async function hasFollowed({ kind, mappings }: Target, uuid: string, enabled: boolean): Promise<boolean> {
  if (kind === 'aws') return true;
  const mapping = (await mappings()).find((one) => one.uuid === uuid);
  return mapping === undefined || mapping.state === (enabled ? 'Enabled' : 'Disabled');
}

/** Returns a reader for the lag of a group; undefined when the brokers cannot be reached. */
async function openLag(
  { kind, kafka, outputs: { topicName } }: Target,
  groupId: string,
): Promise<{ readonly read: SwitchPorts['lag']; readonly close: () => Promise<void> }> {
  const reader = createGroupReader(await kafka());
  const read = async (): Promise<number> => {
    const partitions = await reader.readOffsets(topicName, groupId);
    return partitions.reduce((sum, { committed, ...range }) => {
      const lag = lagOf(committed, range);
      return lag.kind === 'known' ? sum + lag.lag : sum;
    }, 0);
  };
  try {
    await read();
    return { read, close: () => reader.close() };
  } catch (error) {
    if (kind === 'local') throw error;
    return { read: () => Promise.resolve(undefined), close: () => Promise.resolve() };
  }
}
