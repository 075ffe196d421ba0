import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Stack } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { allow } from './allow.ts';
import { consumerGroupArn } from './kafka-arns.ts';
import { acknowledgeUnnamedResources } from './unnamed-resources.ts';

export interface ConsumerPolicyProps {
  readonly description: string;
  readonly role: IRole;
  readonly clusterArn: string;
  readonly topicArn: string;
  readonly consumerGroupId: string;
  readonly table: ITable;
  /** The `dynamodb:` calls that the handler makes. */
  readonly tableActions: readonly string[];
  readonly deadLetterQueue: IQueue;
  readonly logGroup: ILogGroup;
  readonly encryptionKey: IKey;
  /** Permissions outside of the consumer's own table and queue. */
  readonly duties: readonly PolicyStatement[];
}

/** All permissions of a consumer's role in one policy: for its event source mapping and for its handler. */
export class ConsumerPolicy extends ManagedPolicy {
  constructor(scope: Construct, id: string, props: ConsumerPolicyProps) {
    super(scope, id, {
      description: props.description,
      roles: [props.role],
      statements: [
        ...kafkaStatements(props),
        pollerNetworkStatement(),
        ...ownStatements(scope, props),
        ...props.duties,
      ],
    });
    acknowledgeUnnamedResources(this);
  }
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html */
function kafkaStatements(props: ConsumerPolicyProps): readonly PolicyStatement[] {
  return [
    allow('LocateBrokers', ['kafka:DescribeClusterV2', 'kafka:GetBootstrapBrokers'], props.clusterArn),
    allow('ConnectToCluster', ['kafka-cluster:Connect'], props.clusterArn),
    allow('ReadTopic', ['kafka-cluster:DescribeTopic', 'kafka-cluster:ReadData'], props.topicArn),
    allow(
      'UseOwnGroup',
      ['kafka-cluster:DescribeGroup', 'kafka-cluster:AlterGroup'],
      consumerGroupArn(props.clusterArn, props.consumerGroupId),
    ),
  ];
}

/** The pollers' network interfaces: EC2 offers no resource to name before they exist, and none for the Describe calls. */
function pollerNetworkStatement(): PolicyStatement {
  return allow(
    'ConnectPollersToNetwork',
    [
      'ec2:CreateNetworkInterface',
      'ec2:DeleteNetworkInterface',
      'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSecurityGroups',
      'ec2:DescribeSubnets',
      'ec2:DescribeVpcs',
    ],
    '*',
  );
}

function ownStatements(scope: Construct, props: ConsumerPolicyProps): readonly PolicyStatement[] {
  const { region, urlSuffix } = Stack.of(scope);
  return [
    allow('UseOwnTable', props.tableActions, props.table.tableArn),
    allow('FillOwnDeadLetterQueue', ['sqs:SendMessage'], props.deadLetterQueue.queueArn),
    allow('WriteOwnLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], props.logGroup.logGroupArn),
    new PolicyStatement({
      sid: 'UseOwnKeyThroughTableAndQueue',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [props.encryptionKey.keyArn],
      conditions: {
        StringEquals: { 'kms:ViaService': [`dynamodb.${region}.${urlSuffix}`, `sqs.${region}.${urlSuffix}`] },
      },
    }),
  ];
}
