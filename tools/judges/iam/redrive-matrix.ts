import { calls, via } from './calls.ts';
import type { Call } from './calls.ts';
import { networkCalls } from './producer-matrix.ts';
import { callsOnEverything, callsOnOwnRole } from './role-calls.ts';
import type { ConsumerWorld, RedriveWorld, RehearsalWorld, SharedWorld } from './worlds.ts';

/** The resources of redrive. */
export interface Redriven {
  readonly consumers: readonly ConsumerWorld[];
  readonly rehearsals: readonly RehearsalWorld[];
}

const letterCalls = ['ChangeMessageVisibility', 'DeleteMessage', 'GetQueueAttributes', 'ReceiveMessage'];

/**
 * Lists the calls that redrive needs: reading the topic and the queues, publishing a corrected event, moving offsets,
 * invoking, and storing its state.
 */
export function callsRedriveNeeds(
  own: RedriveWorld,
  { consumers, rehearsals }: Redriven,
  { clusterArn, topicArn }: SharedWorld,
): readonly Call[] {
  return [
    ...calls('kafka', ['GetBootstrapBrokers'], clusterArn),
    ...calls('kafka-cluster', ['Connect', 'WriteDataIdempotently'], clusterArn),
    ...calls(
      'kafka-cluster',
      ['DescribeTopic', 'DescribeTopicDynamicConfiguration', 'ReadData', 'WriteData'],
      topicArn,
    ),
    ...consumers.flatMap(({ queueArn, keyArn, functionArn, groupArn }) => [
      ...calls('sqs', letterCalls, queueArn),
      ...calls('kafka-cluster', ['AlterGroup', 'DescribeGroup'], groupArn),
      { action: 'kms:Decrypt', resource: keyArn, context: via('sqs') },
      ...calls('lambda', ['InvokeFunction'], functionArn),
    ]),
    ...rehearsals.flatMap(({ functionArn }) => calls('lambda', ['InvokeFunction'], functionArn)),
    ...calls('dynamodb', ['DeleteItem', 'PutItem', 'Query', 'UpdateItem'], own.tableArn),
    { action: 'kms:Decrypt', resource: own.keyArn, context: via('dynamodb') },
    { action: 'kms:GenerateDataKey', resource: own.keyArn, context: via('dynamodb') },
    ...calls('logs', ['CreateLogStream', 'PutLogEvents'], own.logStreamArn),
    ...networkCalls,
  ];
}

/**
 * Lists the calls that redrive must not be able to make: effects of its own, filling or purging a queue, deleting a
 * group.
 */
export function callsRedriveMustNotMake(
  own: RedriveWorld,
  { consumers }: Redriven,
  shared: SharedWorld,
): readonly Call[] {
  return [
    ...consumers.flatMap(({ queueArn, tableArn, groupArn, keyArn, logStreamArn, roleArn }) => [
      ...calls('sqs', ['SendMessage', 'PurgeQueue', 'DeleteQueue'], queueArn),
      ...calls('dynamodb', ['DeleteItem', 'GetItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'], tableArn),
      ...calls('kafka-cluster', ['DeleteGroup'], groupArn),
      { action: 'kms:GenerateDataKey', resource: keyArn, context: via('sqs') },
      { action: 'kms:Decrypt', resource: keyArn, context: via('dynamodb') },
      ...calls('logs', ['CreateLogStream', 'PutLogEvents'], logStreamArn),
      ...calls('iam', ['PassRole'], roleArn),
    ]),
    ...calls('dynamodb', ['Scan', 'DeleteTable', 'UpdateTable'], own.tableArn),
    ...callsOnOwnRole(own),
    ...callsOnEverything(shared),
    ...networkCalls.map(({ action, resource }) => ({
      action,
      resource,
      context: { 'lambda:SourceFunctionArn': own.functionArn },
    })),
  ];
}

export function callsRehearsalNeeds(own: RehearsalWorld): readonly Call[] {
  return [
    ...calls('dynamodb', ['GetItem'], own.tableArn),
    { action: 'kms:Decrypt', resource: own.keyArn, context: via('dynamodb') },
    ...calls('logs', ['CreateLogStream', 'PutLogEvents'], own.logStreamArn),
  ];
}

/** A rehearsal has no effect, and no mapping can work with its role: that would have to read the brokers. */
export function callsRehearsalMustNotMake(
  own: RehearsalWorld,
  consumers: readonly ConsumerWorld[],
  shared: SharedWorld,
): readonly Call[] {
  return [
    ...calls('dynamodb', ['DeleteItem', 'PutItem', 'Query', 'Scan', 'UpdateItem'], own.tableArn),
    ...consumers.flatMap(({ queueArn, groupArn, functionArn }) => [
      ...calls('sqs', ['ReceiveMessage', 'SendMessage'], queueArn),
      ...calls('kafka-cluster', ['AlterGroup', 'DescribeGroup'], groupArn),
      ...calls('lambda', ['InvokeFunction'], functionArn),
    ]),
    ...calls('kafka-cluster', ['Connect'], shared.clusterArn),
    ...calls('kafka-cluster', ['DescribeTopic', 'ReadData', 'WriteData'], shared.topicArn),
    ...calls('kafka', ['GetBootstrapBrokers', 'DescribeClusterV2'], shared.clusterArn),
    ...calls('ses', ['SendEmail'], '*'),
    { action: 'sns:Publish', resource: '*' },
    { action: 'kms:GenerateDataKey', resource: own.keyArn, context: via('dynamodb') },
    ...callsOnOwnRole(own),
    ...callsOnEverything(shared),
  ];
}
