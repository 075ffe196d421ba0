import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import { mendRequestQueue } from './mend-request-queue.ts';

/** The connection settings of a client. Timeouts are in milliseconds; absent settings have kafkajs's defaults. */
export interface KafkaClientOptions extends Omit<KafkaConfig, 'logLevel' | 'logCreator' | 'clientId'> {
  /** The client id, which the brokers' logs and the client's group members show. */
  readonly clientId: string;
}

/**
 * Creates a Kafka client, which connects when its admin, producer or consumer does. It logs nothing, because every
 * problem makes a call fail with an error.
 */
export function kafkaClient(options: KafkaClientOptions): Kafka {
  mendRequestQueue();
  return new Kafka({ ...options, logLevel: logLevel.NOTHING });
}
