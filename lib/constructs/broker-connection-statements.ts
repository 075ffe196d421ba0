import type { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow } from './allow.ts';

/**
 * For a function that writes to a cluster's brokers: to find them, and to connect as an idempotent producer, which needs no more
 * than this: a transactional id is for transactions alone.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/iam-access-control-use-cases.html
 */
export function brokerConnectionStatements(clusterArn: string): readonly PolicyStatement[] {
  return [
    allow('LocateBrokers', ['kafka:GetBootstrapBrokers'], clusterArn),
    allow('ConnectToCluster', ['kafka-cluster:Connect', 'kafka-cluster:WriteDataIdempotently'], clusterArn),
  ];
}
