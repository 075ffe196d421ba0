import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { LambdaClient } from '@aws-sdk/client-lambda';
import type { SQSClient } from '@aws-sdk/client-sqs';
import { openTopicReader, type BrokerAddresses, type Kafka } from '@order-events/kafka-tools';
import type { Deadline } from '../../kernel/deadline.ts';
import type { ConsumerPlace } from '../consumer-places.ts';
import type { ConsumerPort, OperationPorts } from '../ports.ts';
import { dynamoOperationsMemory } from './dynamo-operations-memory.ts';
import { deliverTo, rehearseWith, type EventSource } from './invoke-consumer.ts';
import { kafkaGroupsPort } from './kafka-groups-port.ts';
import { kafkaTopicPort } from './kafka-topic-port.ts';
import { sqsLetterQueue } from './sqs-letter-queue.ts';

/** The addresses of a stage's resources, with the clients for them. */
export interface StageAccess {
  readonly topicName: string;
  readonly clusterArn: string;
  /** By name. */
  readonly consumers: Readonly<Record<string, ConsumerPlace>>;
  readonly operationsTableName: string;
  readonly tables: DynamoDBClient;
  readonly queues: SQSClient;
  readonly functions: LambdaClient;
  readonly kafka: () => Promise<Kafka>;
  readonly brokers: BrokerAddresses;
}

const DAY_MS = 86_400_000;

/** Opens a stage for one operation, and closes what was opened for it. The clients stay open. */
export async function withStage<T>(
  access: StageAccess,
  surroundings: { readonly deadline: Deadline; readonly tell?: (progress: string) => void },
  work: (ports: OperationPorts) => Promise<T>,
): Promise<T> {
  const reader = openTopicReader(access.topicName, access.brokers);
  const source: EventSource = {
    clusterArn: access.clusterArn,
    bootstrapServers: () => Promise.resolve(access.brokers.brokers.join(',')),
  };
  try {
    return await work({
      topic: kafkaTopicPort({ name: access.topicName, reader, kafka: access.kafka }),
      groups: kafkaGroupsPort(access.topicName, access.kafka),
      consumers: Object.fromEntries(
        Object.entries(access.consumers).map(([name, place]) => [
          name,
          consumerPort(access, source, name, place),
        ]),
      ),
      memory: dynamoOperationsMemory({
        client: access.tables,
        tableName: access.operationsTableName,
        nowMs: Date.now,
      }),
      nowMs: Date.now,
      monotonicMs: () => performance.now(),
      pause: async (ms) => {
        await pause(ms);
      },
      newId: randomUUID,
      every: (ms, repeat) => {
        const timer = setInterval(repeat, ms);
        return () => {
          clearInterval(timer);
        };
      },
      ...surroundings,
    });
  } finally {
    await reader.close();
  }
}

function consumerPort(
  { queues, functions }: Pick<StageAccess, 'queues' | 'functions'>,
  source: EventSource,
  name: string,
  { groupId, queueUrl, functionName, rehearsalFunctionName, batchSize, remembersDays }: ConsumerPlace,
): ConsumerPort {
  return {
    name,
    groupId,
    batchSize,
    remembersMs: remembersDays === undefined ? undefined : remembersDays * DAY_MS,
    letters: sqsLetterQueue(queues, queueUrl),
    deliver: deliverTo({ client: functions, functionName, source }),
    rehearse: rehearseWith({ client: functions, functionName: rehearsalFunctionName, source }),
  };
}
