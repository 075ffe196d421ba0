import { GetBootstrapBrokersCommand, type KafkaClient } from '@aws-sdk/client-kafka';

/** What is spoken with the brokers: TLS with IAM authentication, or nothing but Kafka. */
export type KafkaSecurityProtocol = 'SASL_SSL' | 'PLAINTEXT';

/** Which field of the API's answer lists the brokers' listeners of a protocol. */
const LISTENERS = {
  SASL_SSL: 'BootstrapBrokerStringSaslIam',
  PLAINTEXT: 'BootstrapBrokerString',
} as const;

export interface ClusterListener {
  readonly clusterArn: string;
  readonly protocol: KafkaSecurityProtocol;
}

/**
 * The brokers of a cluster to begin with, as `host:port`.
 * @throws Error when the cluster has no listener of this protocol, and the SDK's errors.
 * @see https://docs.aws.amazon.com/msk/1.0/apireference/clusters-clusterarn-bootstrap-brokers.html
 */
export async function bootstrapBrokers(
  client: KafkaClient,
  { clusterArn, protocol }: ClusterListener,
): Promise<string[]> {
  const answer = await client.send(new GetBootstrapBrokersCommand({ ClusterArn: clusterArn }));
  const brokers = answer[LISTENERS[protocol]];
  if (brokers !== undefined && brokers !== '') return brokers.split(',');
  throw new Error(
    `The cluster ${clusterArn} has no ${LISTENERS[protocol]} for the security protocol ${protocol}. Set ` +
      'KAFKA_SECURITY_PROTOCOL to SASL_SSL for a cluster with IAM authentication, or to PLAINTEXT for one without any.',
  );
}
