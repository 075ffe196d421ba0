import { Kafka, logLevel, type KafkaConfig } from 'kafkajs';
import { mendRequestQueue } from './mend-request-queue.ts';

/** How a client reaches the brokers. Timeouts are in milliseconds; what is absent is kafkajs's own default. */
export interface KafkaClientOptions extends Omit<KafkaConfig, 'logLevel' | 'logCreator' | 'clientId'> {
  /** Shown in the brokers' logs, and beside the group members of the client. */
  readonly clientId: string;
}

/**
 * Makes a Kafka client, which connects when an admin, producer or consumer of it does. It logs nothing: whatever it would
 * log ends a call with an error.
 */
export function kafkaClient(options: KafkaClientOptions): Kafka {
  mendRequestQueue();
  return new Kafka({ ...options, logLevel: logLevel.NOTHING });
}
