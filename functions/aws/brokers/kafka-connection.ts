import type { KafkaClient } from '@aws-sdk/client-kafka';
import { kafkaClient, mskIam, type Kafka } from '@order-events/kafka-tools';
import { bootstrapBrokers, type KafkaSecurityProtocol } from './bootstrap-brokers.ts';

const CONNECTION_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 10_000;

/** The number of retries: low, so that an unreachable broker causes an error before the function's timeout. */
const RETRIES = 3;

export interface ClusterConnection {
  /** Shown in the brokers' own logs. */
  readonly clientId: string;
  readonly clusterArn: string;
  readonly region: string;
  readonly protocol: KafkaSecurityProtocol;
}

/**
 * Creates a Kafka client of a cluster. It asks MSK for the brokers each time it connects, so that it finds replaced
 * ones.
 */
export function kafkaConnection(client: KafkaClient, connection: ClusterConnection): Kafka {
  const { clientId, region, protocol } = connection;
  return kafkaClient({
    clientId,
    brokers: () => bootstrapBrokers(client, connection),
    ...(protocol === 'SASL_SSL' ? mskIam(region) : {}),
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: { retries: RETRIES },
  });
}
