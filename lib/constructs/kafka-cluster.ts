import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';

/** A cluster that topics and clients use, whoever created it. */
export interface KafkaCluster {
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly network: ClientNetwork;
}

/** The network in which functions that speak Kafka themselves must run. */
export interface ClientNetwork {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  /** The security group that the brokers admit. */
  readonly clientSecurityGroup: ISecurityGroup;
}

/** The port of the only listener: TLS with IAM authentication. */
export const IAM_LISTENER_PORT = 9098;
