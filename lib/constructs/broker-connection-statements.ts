import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow } from './allow.ts';

/**
 * Statements for a function that writes to a cluster's brokers: finding them, and connecting as an idempotent
 * producer. A transactional id is only needed for transactions.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/iam-access-control-use-cases.html
 */
export function brokerConnectionStatements(clusterArn: string): readonly PolicyStatement[] {
  return [
    allow('LocateBrokers', ['kafka:GetBootstrapBrokers'], clusterArn),
    allow('ConnectToCluster', ['kafka-cluster:Connect', 'kafka-cluster:WriteDataIdempotently'], clusterArn),
  ];
}
