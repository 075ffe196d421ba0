import { RemovalPolicy } from 'aws-cdk-lib/core';
import { CfnTopic } from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import type { TopicSpec } from '../topology/topology-types.ts';

export interface KafkaTopicProps {
  readonly clusterArn: string;
  readonly spec: TopicSpec;
}

/**
 * A topic that outlives its stack with its records.
 *
 * CloudFormation changes partitions or configs in one deployment, never both: UpdateTopic takes one of them a call.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-msk-topic.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/msk-update-topic.html
 */
export class KafkaTopic extends Construct {
  readonly topicArn: string;
  readonly topicName: string;

  constructor(scope: Construct, id: string, props: KafkaTopicProps) {
    super(scope, id);
    const { spec } = props;
    const topic = new CfnTopic(this, 'Resource', {
      clusterArn: props.clusterArn,
      topicName: spec.name,
      partitionCount: spec.partitions,
      replicationFactor: spec.replicationFactor,
      configs: base64Properties({
        'cleanup.policy': 'delete',
        'max.message.bytes': `${spec.maxMessageBytes}`,
        'retention.ms': `${spec.retentionHours * 3_600_000}`,
      }),
    });
    topic.applyRemovalPolicy(RemovalPolicy.RETAIN);
    this.topicArn = topic.attrTopicArn;
    this.topicName = spec.name;
  }
}

/** Kafka properties text in base64. The text is ASCII, so `btoa` encodes it whole. */
function base64Properties(configs: Readonly<Record<string, string>>): string {
  return btoa(
    Object.entries(configs)
      .map(([key, value]) => `${key}=${value}\n`)
      .join(''),
  );
}
