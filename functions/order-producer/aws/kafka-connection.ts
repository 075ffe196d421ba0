import type { KafkaClient } from '@aws-sdk/client-kafka';
import { generateAuthToken } from 'aws-msk-iam-sasl-signer-js';
import { Kafka, type KafkaConfig, logLevel } from 'kafkajs';
import { bootstrapBrokers, type KafkaSecurityProtocol } from './bootstrap-brokers.ts';

const CONNECTION_TIMEOUT_MS = 3_000;
const REQUEST_TIMEOUT_MS = 10_000;

/** Few, so that a broker which cannot be reached is an error before the function's timeout. */
const RETRIES = 3;

export interface ClusterConnection {
  /** Shown in the brokers' own logs. */
  readonly clientId: string;
  readonly clusterArn: string;
  readonly region: string;
  readonly protocol: KafkaSecurityProtocol;
}

/** A Kafka client of a cluster. It asks MSK for the brokers each time it connects, so that it finds replaced ones. */
export function kafkaConnection(client: KafkaClient, connection: ClusterConnection): Kafka {
  const { clientId, region, protocol } = connection;
  return new Kafka({
    clientId,
    brokers: () => bootstrapBrokers(client, connection),
    ...kafkaSecurity(protocol, region),
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    retry: { retries: RETRIES },
    // Whatever it would log ends the call with an error.
    logLevel: logLevel.NOTHING,
  });
}

/**
 * With IAM, each connection gets a token signed with the function's own credentials; signing calls no service, so that it
 * works in a network without any way out.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/configure-clients-for-iam-access-control.html
 */
export function kafkaSecurity(
  protocol: KafkaSecurityProtocol,
  region: string,
): Pick<KafkaConfig, 'ssl' | 'sasl'> {
  if (protocol === 'PLAINTEXT') return {};
  return {
    ssl: true,
    sasl: {
      mechanism: 'oauthbearer',
      oauthBearerProvider: async () => ({ value: (await generateAuthToken({ region })).token }),
    },
  };
}
