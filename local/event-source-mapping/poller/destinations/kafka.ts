import { connectProducer, kafkaClient, type Producer } from '@order-events/kafka-tools';
import { buildKafkaMessages } from '../../on-failure/invocation-record.ts';
import type { DestinationSettings, SendDiscard } from './destination.ts';

/** Retries within one delivery, because brokers close idle connections and partition leaders move. */
const RETRIES = 3;

/** A topic of the cluster that the mapping reads from. */
export function kafkaDestination(topic: string, { brokers }: DestinationSettings): SendDiscard {
  const kafka = kafkaClient({ clientId: 'on-failure', brokers: [...brokers] });
  let connected: Promise<Producer> | undefined;
  return async (discard, context) => {
    connected ??= connectProducer(kafka, { retries: RETRIES }).catch((error: unknown) => {
      connected = undefined;
      throw error;
    });
    const messages = buildKafkaMessages(discard, context);
    await (await connected).send({ topic, messages, acks: -1 });
  };
}
