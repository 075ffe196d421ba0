import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage-config.ts';
import { DataKey } from '../constructs/data-key.ts';
import { ExistingCluster } from '../constructs/existing-cluster.ts';
import { topicArn } from '../constructs/kafka-arns.ts';
import type { KafkaCluster } from '../constructs/kafka-cluster.ts';
import { KafkaTopic } from '../constructs/kafka-topic.ts';
import { ProvisionedCluster } from '../constructs/provisioned-cluster.ts';
import type { TopicSpec } from '../topology/topology-types.ts';

/** A topic that consumers and producers use, whoever created it. */
export interface DeployedTopic {
  readonly topicArn: string;
  readonly topicName: string;
}

export interface StreamingStackProps extends StackProps {
  readonly config: StageConfig;
  readonly topic: TopicSpec;
  readonly clusterName: string;
}

/** The Kafka cluster, created here or owned by somebody else, and the topic on it. */
export class StreamingStack extends Stack {
  readonly cluster: KafkaCluster;
  readonly topic: DeployedTopic;
  readonly #zones: readonly string[];

  constructor(scope: Construct, id: string, props: StreamingStackProps) {
    super(scope, id, props);
    this.#zones = props.config.zones;
    this.cluster = this.#createCluster(props);
    this.topic = this.#findOrCreateTopic(props);
    new CfnOutput(this, 'ClusterArn', { value: this.cluster.clusterArn });
    new CfnOutput(this, 'TopicName', { value: this.topic.topicName });
    this.#takePrefix(props);
  }

  /** The stage's own. For a stage that names its account the CDK would ask AWS for them, and refuse others. */
  override get availabilityZones(): string[] {
    return [...this.#zones];
  }

  #findOrCreateTopic({ config: { cluster }, topic }: StreamingStackProps): DeployedTopic {
    const { clusterArn } = this.cluster;
    return cluster.kind === 'existing' && cluster.topic !== undefined
      ? { topicArn: topicArn(clusterArn, topic.name), topicName: topic.name }
      : new KafkaTopic(this, 'Topic', { clusterArn, cluster, spec: topic });
  }

  /**
   * On a cluster of somebody else, two stages with one prefix would share their groups, and each would miss records.
   * CloudFormation lets one stack of an account export a name, so the second is refused, and told whose it is.
   *
   * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html
   */
  #takePrefix({ config: { cluster, stage } }: StreamingStackProps): void {
    if (cluster.kind !== 'existing') return;
    new CfnOutput(this, 'PrefixOnCluster', {
      value: stage,
      description: 'One stage has this prefix on the cluster; a second would share its topic and groups',
      exportName: `order-events:${cluster.clusterArn.split('/').at(-1)}:${exportable(cluster.prefix)}`,
    });
  }

  #createCluster({ config, topic, clusterName }: StreamingStackProps): KafkaCluster {
    if (config.cluster.kind === 'existing') {
      return new ExistingCluster(this, 'Cluster', { config: config.cluster, zones: config.zones });
    }
    const key = new DataKey(this, 'Key', {
      description: 'Records, broker logs and flow logs of the order stream',
    });
    key.allowLogGroups();
    return new ProvisionedCluster(this, 'Cluster', {
      clusterName,
      config: config.cluster,
      zones: config.zones,
      topic,
      encryptionKey: key,
      logRetentionDays: config.logRetentionDays,
    });
  }
}

/** In letters that names of exports may have, and another text for each prefix. */
const exportable = (prefix: string): string =>
  prefix.replaceAll('.', ':dot:').replaceAll('_', ':underscore:');
