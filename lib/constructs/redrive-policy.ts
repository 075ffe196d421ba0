import { Stack } from 'aws-cdk-lib/core';
import { ManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { ITable } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { allow } from './allow.ts';
import { brokerConnectionStatements } from './broker-connection-statements.ts';
import { clientNetworkStatements } from './client-network-statements.ts';
import { acknowledgeUnnamedResources } from './unnamed-resources.ts';

export interface RedrivePolicyProps {
  readonly role: IRole;
  readonly clusterArn: string;
  readonly topicArn: string;
  readonly queueArns: readonly string[];
  /** Of the consumers, whose offsets people may move. */
  readonly groupArns: readonly string[];
  /** Of the consumers and of their rehearsals. */
  readonly functionArns: readonly string[];
  /** Under which the queues are encrypted. */
  readonly queueKeyArns: readonly string[];
  readonly table: ITable;
  readonly encryptionKey: IKey;
  readonly logGroup: ILogGroup;
}

/** All permissions of the redrive function's role. */
export class RedrivePolicy extends ManagedPolicy {
  constructor(scope: Construct, id: string, props: RedrivePolicyProps) {
    super(scope, id, {
      description: 'What the redrive of dead letters may do',
      roles: [props.role],
      statements: [
        ...brokerStatements(props),
        ...letterStatements(props, Stack.of(scope)),
        ...clientNetworkStatements(Stack.of(scope)),
      ],
    });
    acknowledgeUnnamedResources(this);
  }
}

/** @see https://docs.aws.amazon.com/msk/latest/developerguide/kafka-actions.html */
function brokerStatements({
  clusterArn,
  topicArn,
  groupArns,
}: RedrivePolicyProps): readonly PolicyStatement[] {
  return [
    ...brokerConnectionStatements(clusterArn),
    allow(
      'ReadTopicAndCorrect',
      [
        'kafka-cluster:DescribeTopic',
        'kafka-cluster:DescribeTopicDynamicConfiguration',
        'kafka-cluster:ReadData',
        'kafka-cluster:WriteData',
      ],
      topicArn,
    ),
    new PolicyStatement({
      sid: 'ReadAndMoveOffsets',
      actions: ['kafka-cluster:AlterGroup', 'kafka-cluster:DescribeGroup'],
      resources: [...groupArns],
    }),
  ];
}

function letterStatements(
  props: RedrivePolicyProps,
  { region, urlSuffix }: Stack,
): readonly PolicyStatement[] {
  const through = (sid: string, service: string, actions: string[], resources: readonly string[]) =>
    new PolicyStatement({
      sid,
      actions,
      resources: [...resources],
      conditions: { StringEquals: { 'kms:ViaService': `${service}.${region}.${urlSuffix}` } },
    });
  return [
    new PolicyStatement({
      sid: 'TakeDeadLetters',
      actions: [
        'sqs:ReceiveMessage',
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
      ],
      resources: [...props.queueArns],
    }),
    through('ReadDeadLetters', 'sqs', ['kms:Decrypt'], props.queueKeyArns),
    new PolicyStatement({
      sid: 'InvokeConsumers',
      actions: ['lambda:InvokeFunction'],
      resources: [...props.functionArns],
    }),
    allow(
      'RememberOperations',
      ['dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:Query', 'dynamodb:UpdateItem'],
      props.table.tableArn,
    ),
    through(
      'UseOwnKeyThroughTable',
      'dynamodb',
      ['kms:Decrypt', 'kms:GenerateDataKey'],
      [props.encryptionKey.keyArn],
    ),
    allow('WriteOwnLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], props.logGroup.logGroupArn),
  ];
}
