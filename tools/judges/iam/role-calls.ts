import { account, region } from './resolve-templates.ts';
import { calls, via } from './calls.ts';
import type { Call } from './calls.ts';
import type { RoleWorld, SharedWorld } from './worlds.ts';

/** Lists the calls that no role may make on another's function, logs, role and key. */
export function callsOnForeignRole(other: RoleWorld): readonly Call[] {
  return [
    ...calls('logs', ['CreateLogStream', 'PutLogEvents'], other.logStreamArn),
    ...calls('lambda', ['InvokeFunction'], other.functionArn),
    ...calls('iam', ['PassRole'], other.roleArn),
    { action: 'kms:Decrypt', resource: other.keyArn, context: via('dynamodb') },
    { action: 'kms:GenerateDataKey', resource: other.keyArn, context: via('sqs') },
  ];
}

/** Lists the calls that no role may make on its own function, role and key. */
export function callsOnOwnRole(own: RoleWorld): readonly Call[] {
  return [
    ...calls('kms', ['ScheduleKeyDeletion', 'PutKeyPolicy', 'CreateGrant'], own.keyArn),
    // Only through the services that hold the data, never by itself.
    ...calls('kms', ['Decrypt', 'GenerateDataKey'], own.keyArn),
    ...calls('lambda', ['InvokeFunction', 'UpdateFunctionCode'], own.functionArn),
    ...calls('iam', ['AttachRolePolicy', 'PassRole', 'PutRolePolicy'], own.roleArn),
  ];
}

/** Lists the calls that no role may make on the cluster, its other topics, the alarms and the rest of the account. */
export function callsOnEverything({ clusterArn, topicArn, alarmTopicArn }: SharedWorld): readonly Call[] {
  const foreignTopic = topicArn.replace(/[^/]+$/, 'payments');
  const topicChanges = ['CreateTopic', 'DeleteTopic', 'AlterTopic'];
  return [
    ...calls('kafka-cluster', topicChanges, topicArn),
    ...calls('kafka-cluster', ['DescribeTopic', 'ReadData', 'WriteData', ...topicChanges], foreignTopic),
    ...calls('kafka-cluster', ['AlterCluster'], clusterArn),
    ...calls('kafka', ['DeleteCluster', 'UpdateBrokerCount', 'UpdateSecurity', 'RebootBroker'], clusterArn),
    ...calls('sns', ['Publish', 'Subscribe', 'DeleteTopic'], alarmTopicArn),
    ...calls('s3', ['GetObject', 'PutObject'], 'arn:aws:s3:::somebody-elses-bucket/object'),
    ...calls('sts', ['AssumeRole'], `arn:aws:iam::${account}:role/administrator`),
    ...calls(
      'secretsmanager',
      ['GetSecretValue'],
      `arn:aws:secretsmanager:${region}:${account}:secret:any-AbCdEf`,
    ),
  ];
}
