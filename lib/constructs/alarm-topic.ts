import { Stack } from 'aws-cdk-lib/core';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Construct } from 'constructs';
import { DataKey } from './data-key.ts';

export interface AlarmTopicProps {
  /** Addresses that get every change; each must confirm once. */
  readonly subscribers: readonly string[];
}

/** The topic for all alarms: encrypted, TLS only, open only to the alarms of this account. */
export class AlarmTopic extends Topic {
  constructor(scope: Construct, id: string, props: AlarmTopicProps) {
    const key = new DataKey(scope, `${id}Key`, { description: 'Alarm messages' });
    super(scope, id, { masterKey: key, enforceSSL: true, displayName: 'Order event alarms' });
    key.addToResourcePolicy(fromAlarms(this, ['kms:Decrypt', 'kms:GenerateDataKey*'], '*'));
    this.addToResourcePolicy(fromAlarms(this, ['sns:Publish'], this.topicArn));
    for (const address of props.subscribers) this.addSubscription(new EmailSubscription(address));
  }
}

/** @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html */
function fromAlarms(scope: Construct, actions: readonly string[], resource: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'CloudWatchAlarms',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: [...actions],
    resources: [resource],
    conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(scope).account } },
  });
}
