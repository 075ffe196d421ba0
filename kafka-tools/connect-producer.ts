import { Partitioners, type ICustomPartitioner, type Kafka, type Producer } from 'kafkajs';

export interface ProducerOptions {
  /** The number of retries. Idempotence prevents duplicates among them; after the last one, sending fails. */
  readonly retries: number;
  /** Default: Kafka's own partitioner, which every Kafka client has. */
  readonly partitioner?: ICustomPartitioner;
}

/**
 * Connects an idempotent producer that creates no topic by sending to it.
 *
 * @throws the client's error when no broker can be reached. The producer is closed by then.
 */
export async function connectProducer(
  kafka: Pick<Kafka, 'producer'>,
  { retries, partitioner = Partitioners.DefaultPartitioner }: ProducerOptions,
): Promise<Producer> {
  const producer = kafka.producer({
    idempotent: true,
    allowAutoTopicCreation: false,
    createPartitioner: partitioner,
    retry: { retries },
  });
  try {
    await producer.connect();
  } catch (error) {
    await producer.disconnect();
    throw error;
  }
  return producer;
}
