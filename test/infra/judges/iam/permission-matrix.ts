import type { ConsumerName } from '../../../../lib/topology/topology-types.ts';
import { account, region } from './resolve-templates.ts';
import type { ConsumerWorld, SharedWorld } from './consumer-world.ts';

/** One call that a role might make. */
export interface Call {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

const tableCalls: Readonly<Record<ConsumerName, readonly string[]>> = {
  billing: ['PutItem', 'UpdateItem'],
  inventory: ['GetItem', 'PutItem', 'UpdateItem'],
  notifications: ['DeleteItem', 'PutItem', 'UpdateItem'],
};

const allTableCalls = ['DeleteItem', 'GetItem', 'PutItem', 'UpdateItem'];

const ownAddress = { 'ses:FromAddress': 'orders@example.com' };
const identityArn = `arn:aws:ses:${region}:${account}:identity/example.com`;

const via = (service: string): Readonly<Record<string, string>> => ({
  'kms:ViaService': `${service}.${region}.amazonaws.com`,
});

const ec2 = (resource: string): string => `arn:aws:ec2:${region}:${account}:${resource}`;

const calls = (service: string, actions: readonly string[], resource: string): readonly Call[] =>
  actions.map((action) => ({ action: `${service}:${action}`, resource }));

/**
 * What a consumer's mapping and handler cannot do without.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html
 */
export function neededCalls(own: ConsumerWorld, shared: SharedWorld): readonly Call[] {
  return [
    ...calls('kafka-cluster', ['Connect'], shared.clusterArn),
    ...calls('kafka-cluster', ['DescribeTopic', 'ReadData'], shared.topicArn),
    ...calls('kafka-cluster', ['AlterGroup', 'DescribeGroup'], own.groupArn),
    ...calls('kafka', ['DescribeClusterV2', 'GetBootstrapBrokers'], shared.clusterArn),
    ...calls('ec2', ['CreateNetworkInterface'], ec2('subnet/subnet-0123456789abcdef0')),
    ...calls('ec2', ['CreateNetworkInterface'], ec2('security-group/sg-0123456789abcdef0')),
    ...calls('ec2', ['DeleteNetworkInterface'], ec2('network-interface/eni-0123456789abcdef0')),
    ...calls(
      'ec2',
      ['DescribeNetworkInterfaces', 'DescribeSecurityGroups', 'DescribeSubnets', 'DescribeVpcs'],
      '*',
    ),
    ...calls('dynamodb', tableCalls[own.name], own.tableArn),
    ...calls('sqs', ['SendMessage'], own.queueArn),
    ...calls('logs', ['CreateLogStream', 'PutLogEvents'], own.logStreamArn),
    ...['dynamodb', 'sqs'].flatMap((service) => [
      { action: 'kms:Decrypt', resource: own.keyArn, context: via(service) },
      { action: 'kms:GenerateDataKey', resource: own.keyArn, context: via(service) },
    ]),
    ...(own.name === 'notifications'
      ? [
          { action: 'ses:SendEmail', resource: identityArn, context: ownAddress },
          // A phone number has no ARN.
          { action: 'sns:Publish', resource: '*' },
        ]
      : []),
  ];
}

/** What a consumer must not be able to do, above all with what belongs to others. */
export function forbiddenCalls(
  own: ConsumerWorld,
  others: readonly ConsumerWorld[],
  shared: SharedWorld,
): readonly Call[] {
  return [...others.flatMap(callsOnForeign), ...callsOnOwn(own), ...callsOnShared(own, shared)];
}

function callsOnForeign(other: ConsumerWorld): readonly Call[] {
  return [
    ...calls('kafka-cluster', ['AlterGroup', 'DescribeGroup', 'DeleteGroup'], other.groupArn),
    ...calls('dynamodb', [...allTableCalls, 'Query', 'Scan', 'DeleteTable'], other.tableArn),
    ...calls('sqs', ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'PurgeQueue'], other.queueArn),
    ...calls('logs', ['CreateLogStream', 'PutLogEvents'], other.logStreamArn),
    ...calls('lambda', ['InvokeFunction'], other.functionArn),
    ...calls('iam', ['PassRole'], other.roleArn),
    { action: 'kms:Decrypt', resource: other.keyArn, context: via('dynamodb') },
    { action: 'kms:GenerateDataKey', resource: other.keyArn, context: via('sqs') },
  ];
}

function callsOnOwn(own: ConsumerWorld): readonly Call[] {
  const unusedTableCalls = allTableCalls.filter((call) => !tableCalls[own.name].includes(call));
  return [
    ...calls('kafka-cluster', ['DeleteGroup'], own.groupArn),
    ...calls('dynamodb', [...unusedTableCalls, 'Query', 'Scan', 'DeleteTable', 'UpdateTable'], own.tableArn),
    ...calls('sqs', ['ReceiveMessage', 'DeleteMessage', 'PurgeQueue', 'DeleteQueue'], own.queueArn),
    ...calls('kms', ['ScheduleKeyDeletion', 'PutKeyPolicy', 'CreateGrant'], own.keyArn),
    // Only through the services that hold the data, never by itself.
    ...calls('kms', ['Decrypt', 'GenerateDataKey'], own.keyArn),
    ...calls('lambda', ['InvokeFunction', 'UpdateFunctionCode'], own.functionArn),
    ...calls('iam', ['AttachRolePolicy', 'PassRole', 'PutRolePolicy'], own.roleArn),
  ];
}

function callsOnShared(
  own: ConsumerWorld,
  { clusterArn, topicArn, alarmTopicArn }: SharedWorld,
): readonly Call[] {
  const foreignTopic = topicArn.replace(/[^/]+$/, 'payments');
  const foreignIdentity = identityArn.replace('example.com', 'example.org');
  return [
    ...calls('kafka-cluster', ['WriteData', 'CreateTopic', 'DeleteTopic', 'AlterTopic'], topicArn),
    ...calls('kafka-cluster', ['DescribeTopic', 'ReadData', 'WriteData', 'DeleteTopic'], foreignTopic),
    ...calls('kafka-cluster', ['AlterCluster', 'WriteDataIdempotently'], clusterArn),
    ...calls('kafka', ['DeleteCluster', 'UpdateBrokerCount', 'UpdateSecurity', 'RebootBroker'], clusterArn),
    ...calls('sns', ['Publish', 'Subscribe', 'DeleteTopic'], alarmTopicArn),
    ...calls('ses', ['DeleteEmailIdentity'], identityArn),
    { action: 'ses:SendEmail', resource: foreignIdentity, context: ownAddress },
    { action: 'ses:SendEmail', resource: identityArn, context: { 'ses:FromAddress': 'chief@example.com' } },
    ...(own.name === 'notifications'
      ? []
      : [
          { action: 'ses:SendEmail', resource: identityArn, context: ownAddress },
          { action: 'sns:Publish', resource: '*' },
        ]),
    ...calls('s3', ['GetObject', 'PutObject'], 'arn:aws:s3:::somebody-elses-bucket/object'),
    ...calls('sts', ['AssumeRole'], `arn:aws:iam::${account}:role/administrator`),
    ...calls(
      'secretsmanager',
      ['GetSecretValue'],
      `arn:aws:secretsmanager:${region}:${account}:secret:any-AbCdEf`,
    ),
  ];
}
