import { Annotations, Stack } from 'aws-cdk-lib/core';
import { CfnAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnIndex } from 'aws-cdk-lib/aws-kendra';
import { CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnTopic } from 'aws-cdk-lib/aws-msk';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

const clusterArn =
  'arn:aws:kafka:us-east-1:123456789012:cluster/canary/00000000-0000-0000-0000-000000000000-1';

/** A stack with one example of every fault that the template judges must find. */
export class CanaryStack extends Stack {
  constructor(scope: Construct, id: string) {
    super(scope, id, { env: { region: 'us-east-1' } });
    Annotations.of(this).addWarningV2(
      'canary:warning',
      'Whoever prints no warning must have looked for this one',
    );
    new CfnQueue(this, 'QueueWithoutEncryption', { sqsManagedSseEnabled: false });
    new CfnLogGroup(this, 'LogGroupWithoutKey');
    new CfnAlarm(this, 'AlarmWithoutAction', {
      comparisonOperator: 'GreaterThanThreshold',
      evaluationPeriods: 1,
      namespace: 'AWS/SQS',
      metricName: 'NumberOfMessagesSent',
      period: 60,
      statistic: 'Sum',
      threshold: 0,
    });
    const topic = new CfnTopic(this, 'TopicWithoutPartitions', {
      clusterArn,
      topicName: 'canary',
      partitionCount: 0,
      replicationFactor: 3,
    });
    topic.addPropertyOverride('Colour', 'yellow');
    new CfnIndex(this, 'TypeThatSomeRegionsDoNotHave', {
      name: 'canary',
      edition: 'DEVELOPER_EDITION',
      roleArn: 'arn:aws:iam::123456789012:role/canary',
    });
    this.#addMappings();
  }

  #addMappings(): void {
    const consumer = new CfnFunction(this, 'FunctionWithOldRuntime', {
      code: { zipFile: 'exports.handler = () => ({});' },
      role: 'arn:aws:iam::123456789012:role/canary',
      runtime: 'nodejs20.x',
      handler: 'index.handler',
    });
    for (const startingPosition of ['LATEST', undefined]) {
      new CfnEventSourceMapping(this, `MappingFrom${startingPosition ?? 'Nowhere'}`, {
        functionName: consumer.ref,
        eventSourceArn: clusterArn,
        topics: ['canary'],
        ...(startingPosition === undefined ? {} : { startingPosition }),
      });
    }
  }
}
