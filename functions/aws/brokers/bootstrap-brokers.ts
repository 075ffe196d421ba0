import { GetBootstrapBrokersCommand, type KafkaClient } from '@aws-sdk/client-kafka';

/** The security protocol of the brokers: TLS with IAM authentication, or plain text. */
export type KafkaSecurityProtocol = 'SASL_SSL' | 'PLAINTEXT';

/** The field of the API's answer with the brokers' listeners of a protocol. */
const LISTENERS = {
  SASL_SSL: 'BootstrapBrokerStringSaslIam',
  PLAINTEXT: 'BootstrapBrokerString',
} as const;

export interface ClusterListener {
  readonly clusterArn: string;
  readonly protocol: KafkaSecurityProtocol;
}

/**
 * Reads the bootstrap brokers of a cluster, as `host:port`.
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
