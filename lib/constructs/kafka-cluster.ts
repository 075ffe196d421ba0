import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';

/** A cluster that topics and clients can be given, whoever created it. */
export interface KafkaCluster {
  readonly clusterArn: string;
  readonly clusterName: string;
  readonly network: ClientNetwork;
}

/** Where functions that speak Kafka themselves must run. */
export interface ClientNetwork {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  /** Admitted to the brokers. */
  readonly clientSecurityGroup: ISecurityGroup;
}

/** The only listener there is: TLS with IAM authentication. */
export const iamListenerPort = 9098;
