import type { ConsumerName } from '../../../lib/topology/topology.ts';
import { account, region } from './resolve-templates.ts';
import { anyInterface, anySecurityGroup, anySubnet, calls, via } from './calls.ts';
import type { Call } from './calls.ts';
import { callsOnEverything, callsOnForeignRole, callsOnOwnRole } from './role-calls.ts';
import type { ConsumerWorld, RoleWorld, SharedWorld } from './worlds.ts';

const tableCalls: Readonly<Record<ConsumerName, readonly string[]>> = {
  billing: ['BatchGetItem', 'PartiQLInsert', 'PutItem', 'UpdateItem'],
  inventory: ['BatchGetItem', 'GetItem', 'PartiQLInsert', 'PutItem', 'UpdateItem'],
  notifications: ['DeleteItem', 'PutItem', 'UpdateItem'],
};

const allTableCalls = [
  'BatchGetItem',
  'BatchWriteItem',
  'DeleteItem',
  'GetItem',
  'PartiQLDelete',
  'PartiQLInsert',
  'PartiQLSelect',
  'PartiQLUpdate',
  'PutItem',
  'UpdateItem',
];

const ownAddress = { 'ses:FromAddress': 'orders@example.com' };
const identityArn = `arn:aws:ses:${region}:${account}:identity/example.com`;

/**
 * Lists the calls that a consumer's mapping and handler need.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk-permissions.html
 */
export function neededCalls(own: ConsumerWorld, shared: SharedWorld): readonly Call[] {
  return [
    ...calls('kafka-cluster', ['Connect'], shared.clusterArn),
    ...calls('kafka-cluster', ['DescribeTopic', 'ReadData'], shared.topicArn),
    ...calls('kafka-cluster', ['AlterGroup', 'DescribeGroup'], own.groupArn),
    ...calls('kafka', ['DescribeClusterV2', 'GetBootstrapBrokers'], shared.clusterArn),
    ...calls('ec2', ['CreateNetworkInterface'], anySubnet),
    ...calls('ec2', ['CreateNetworkInterface'], anySecurityGroup),
    ...calls('ec2', ['DeleteNetworkInterface'], anyInterface),
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

/** Lists the calls that a consumer must not be able to make, above all on resources of others. */
export function forbiddenCalls(
  own: ConsumerWorld,
  others: { readonly consumers: readonly ConsumerWorld[]; readonly producer: RoleWorld },
  shared: SharedWorld,
): readonly Call[] {
  return [
    ...others.consumers.flatMap(callsOnForeignConsumer),
    ...callsOnForeignRole(others.producer),
    ...callsOnOwn(own),
    ...callsOnShared(own, shared),
  ];
}

export function callsOnForeignConsumer(other: ConsumerWorld): readonly Call[] {
  return [
    ...calls('kafka-cluster', ['AlterGroup', 'DescribeGroup', 'DeleteGroup'], other.groupArn),
    ...calls('dynamodb', [...allTableCalls, 'Query', 'Scan', 'DeleteTable'], other.tableArn),
    ...calls('sqs', ['SendMessage', 'ReceiveMessage', 'DeleteMessage', 'PurgeQueue'], other.queueArn),
    ...callsOnForeignRole(other),
  ];
}

function callsOnOwn(own: ConsumerWorld): readonly Call[] {
  const unusedTableCalls = allTableCalls.filter((call) => !tableCalls[own.name].includes(call));
  return [
    ...calls('kafka-cluster', ['DeleteGroup'], own.groupArn),
    ...calls('dynamodb', [...unusedTableCalls, 'Query', 'Scan', 'DeleteTable', 'UpdateTable'], own.tableArn),
    ...calls('sqs', ['ReceiveMessage', 'DeleteMessage', 'PurgeQueue', 'DeleteQueue'], own.queueArn),
    ...callsOnOwnRole(own),
  ];
}

function callsOnShared(own: ConsumerWorld, shared: SharedWorld): readonly Call[] {
  const foreignIdentity = identityArn.replace('example.com', 'example.org');
  return [
    ...callsOnEverything(shared),
    ...calls('kafka-cluster', ['WriteData'], shared.topicArn),
    ...calls('kafka-cluster', ['WriteDataIdempotently'], shared.clusterArn),
    ...calls('ses', ['DeleteEmailIdentity'], identityArn),
    { action: 'ses:SendEmail', resource: foreignIdentity, context: ownAddress },
    { action: 'ses:SendEmail', resource: identityArn, context: { 'ses:FromAddress': 'chief@example.com' } },
    ...(own.name === 'notifications'
      ? []
      : [
          { action: 'ses:SendEmail', resource: identityArn, context: ownAddress },
          { action: 'sns:Publish', resource: '*' },
        ]),
  ];
}
