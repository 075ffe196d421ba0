import { Kafka, logLevel, Partitioners, type Producer } from 'kafkajs';
import { buildKafkaMessages } from '../../on-failure/invocation-record.ts';
import type { DestinationSettings, SendDiscard } from './destination.ts';

/** Within one delivery: connections that were idle for long are closed, and leaders move. */
const RETRIES = 3;

/** A topic of the cluster that the mapping reads from. */
export function kafkaDestination(topic: string, { brokers }: DestinationSettings): SendDiscard {
  const kafka = new Kafka({ clientId: 'on-failure', brokers: [...brokers], logLevel: logLevel.NOTHING });
  let connected: Promise<Producer> | undefined;
  return async (discard, context) => {
    connected ??= connect(kafka).catch((error: unknown) => {
      connected = undefined;
      throw error;
    });
    const messages = buildKafkaMessages(discard, context);
    await (await connected).send({ topic, messages, acks: -1 });
  };
}

async function connect(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({
    createPartitioner: Partitioners.DefaultPartitioner,
    allowAutoTopicCreation: false,
    idempotent: true,
    retry: { retries: RETRIES },
  });
  await producer.connect();
  return producer;
}
