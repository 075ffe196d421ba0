import { CfnTopic } from 'aws-cdk-lib/aws-msk';
import { Construct } from 'constructs';
import type { ClusterConfig } from '../config/stage-config.ts';
import type { TopicSpec } from '../topology/topology-types.ts';
import { topicSettings } from './kafka-properties.ts';
import { keptOnceCreated } from './kept-once-created.ts';

export interface KafkaTopicProps {
  readonly clusterArn: string;
  readonly cluster: ClusterConfig;
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
      // The JSON is ASCII, so `btoa` encodes it whole: ADR 16 says why it is JSON.
      configs: btoa(JSON.stringify(topicSettings(props.cluster, spec))),
    });
    topic.applyRemovalPolicy(keptOnceCreated);
    this.topicArn = topic.attrTopicArn;
    this.topicName = spec.name;
  }
}
