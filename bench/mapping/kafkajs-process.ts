/*
 * What a team writes without Lambda: kafkajs consumers in one process, which call the same function.
 * node kafkajs-process.ts <KafkaJsProcessSettings as JSON>.
 */
import type { EachBatchPayload, EachMessagePayload, KafkaMessage } from 'kafkajs';
import type * as KafkaJs from 'kafkajs';
import { loadPeer } from '../peers/load-peer.ts';
import { count, inOrder, latency, together } from './function/index.mjs';
import type { KafkaJsProcessSettings } from './kafkajs-settings.ts';

const MAX_BYTES_PER_PARTITION = 1_048_576;

const settings = JSON.parse(process.argv[2] ?? '{}') as KafkaJsProcessSettings;
const { bootstrapServers, topic, fromBeginning, groupId, members, mode } = settings;
const { Kafka, logLevel } = loadPeer('kafkajs') as typeof KafkaJs;
const handler = { count, inOrder, latency, together }[settings.handler];

const kafka = new Kafka({ brokers: bootstrapServers.split(','), logLevel: logLevel.NOTHING });
const consumers = Array.from({ length: members }, () =>
  kafka.consumer({ groupId, maxBytesPerPartition: MAX_BYTES_PER_PARTITION }),
);
await Promise.all(
  consumers.map(async (consumer) => {
    await consumer.connect();
    await consumer.subscribe({ topic, fromBeginning });
    await consumer.run(runOf());
  }),
);

function runOf() {
  return mode === 'eachBatch'
    ? {
        eachBatch: async ({ batch }: EachBatchPayload) => {
          await handler(eventOf(batch.partition, batch.messages));
        },
      }
    : {
        eachMessage: async ({ partition, message }: EachMessagePayload) => {
          await handler(eventOf(partition, [message]));
        },
      };
}

/** The event that Lambda would get. */
function eventOf(partition: number, messages: readonly KafkaMessage[]) {
  return {
    eventSource: 'aws:kafka',
    eventSourceArn: 'arn:aws:kafka:us-east-1:000000000000:cluster/bench/1',
    bootstrapServers,
    records: {
      [`${topic}-${partition}`]: messages.map(({ offset, timestamp, key, value, headers }) => ({
        topic,
        partition,
        offset: Number(offset),
        timestamp: Number(timestamp),
        timestampType: 'CREATE_TIME',
        key: key?.toString('base64'),
        value: value?.toString('base64') ?? '',
        headers: Object.entries(headers ?? {}).map(([name, content]) => ({
          [name]: [...Buffer.from(String(content))],
        })),
      })),
    },
  };
}
