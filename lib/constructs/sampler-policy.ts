import { Stack } from 'aws-cdk-lib/core';
import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import type { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { allow } from './allow.ts';
import { clientNetworkStatements } from './client-network-statements.ts';
import { consumerGroupArn } from './kafka-arns.ts';
import { acknowledgeUnnamedResources } from './unnamed-resources.ts';

export interface SamplerPolicyProps {
  readonly role: IRole;
  readonly clusterArn: string;
  readonly topicArn: string;
  readonly consumerGroupIds: readonly string[];
  readonly logGroup: ILogGroup;
}

/**
 * All permissions of the sampler's role: reading the stage's groups and records of its topic, logging, and being in
 * the network.
 */
export class SamplerPolicy extends ManagedPolicy {
  constructor(scope: Construct, id: string, props: SamplerPolicyProps) {
    super(scope, id, {
      description: 'What the sampler of the consumer groups may do',
      roles: [props.role],
      statements: [
        ...lookStatements(props),
        allow('WriteOwnLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], props.logGroup.logGroupArn),
        ...clientNetworkStatements(Stack.of(scope)),
      ],
    });
    acknowledgeUnnamedResources(this);
  }
}

/**
 * Statements for reading groups and records. The sampler commits nothing and joins no group: `ReadData` is for the
 * age of the oldest waiting record.
 *
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html
 */
function lookStatements(props: SamplerPolicyProps): readonly PolicyStatement[] {
  const { clusterArn, topicArn, consumerGroupIds } = props;
  return [
    allow('LocateBrokers', ['kafka:GetBootstrapBrokers'], clusterArn),
    allow('ConnectToCluster', ['kafka-cluster:Connect'], clusterArn),
    allow('ReadTopic', ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], topicArn),
    ...consumerGroupIds.map((group) =>
      allow(
        `DescribeGroup${sidOf(group)}`,
        ['kafka-cluster:DescribeGroup'],
        consumerGroupArn(clusterArn, group),
      ),
    ),
  ];
}

/** A statement's id takes letters and digits only: `billing-group` becomes `BillingGroup`. */
function sidOf(group: string): string {
  return group
    .split(/[^A-Za-z0-9]+/)
    .map((part) => `${part.charAt(0).toUpperCase()}${part.slice(1)}`)
    .join('');
}
