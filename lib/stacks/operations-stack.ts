import { CfnOutput, CrossStackReferences, ReferenceStrength, Stack } from 'aws-cdk-lib/core';
import type { StackProps } from 'aws-cdk-lib/core';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import type { ProvisionedClusterConfig, StageConfig } from '../config/stage-config.ts';
import { AlarmTopic } from '../constructs/alarm-topic.ts';
import { ClusterAlarms } from '../constructs/cluster-alarms.ts';
import { ClusterMetrics } from '../constructs/cluster-metrics.ts';
import { ConsumerAlarms } from '../constructs/consumer-alarms.ts';
import { ConsumerMetrics } from '../constructs/consumer-metrics.ts';
import type { OrderConsumer } from '../constructs/order-consumer.ts';
import { OrderDashboard } from '../constructs/order-dashboard.ts';
import { ProducerFunction } from '../constructs/producer-function.ts';
import type { ConsumerSpec } from '../topology/topology-types.ts';
import type { ConsumersStack } from './consumers-stack.ts';
import type { StreamingStack } from './streaming-stack.ts';

export interface OperationsStackProps extends StackProps {
  readonly config: StageConfig;
  readonly streaming: StreamingStack;
  readonly consumers: ConsumersStack;
  /** What names seen by operators begin with. */
  readonly prefix: string;
}

/** What tells the people who run the consumers that something is wrong, shows them what, and lets them try it. */
export class OperationsStack extends Stack {
  constructor(scope: Construct, id: string, props: OperationsStackProps) {
    super(scope, id, props);
    // An export in use can never change, and a changed group id makes a new mapping: alarms follow what they watch.
    CrossStackReferences.of(this).consume(ReferenceStrength.WEAK);
    const { config, prefix } = props;
    const action = new SnsAction(
      new AlarmTopic(this, 'AlarmTopic', { subscribers: config.alarms.subscribers }),
    );
    const consumers = props.consumers.consumers.map(({ spec, consumer }) => ({
      name: spec.name,
      metrics: metricsOf(spec, consumer, props),
    }));
    for (const { name, metrics } of consumers) {
      new ConsumerAlarms(this, name, { consumer: name, metrics, thresholds: config.alarms, action, prefix });
    }
    const cluster = ownCluster(props);
    if (cluster !== undefined) new ClusterAlarms(this, 'cluster', { ...cluster, action, prefix });
    new OrderDashboard(this, 'Dashboard', { dashboardName: prefix, consumers, cluster });
    const { cluster: brokers, topic } = props.streaming;
    const { functionName } = new ProducerFunction(this, 'Producer', { cluster: brokers, topic, config });
    new CfnOutput(this, 'ProducerFunctionName', { value: functionName });
  }
}

function metricsOf(
  spec: ConsumerSpec,
  consumer: OrderConsumer,
  props: OperationsStackProps,
): ConsumerMetrics {
  return new ConsumerMetrics({
    clusterName: props.streaming.cluster.clusterName,
    lagByCluster: !hasExpressBrokers(props.config),
    topicName: props.streaming.topic.topicName,
    consumerGroupId: spec.consumerGroupId,
    eventSourceMappingId: consumer.mapping.eventSourceMappingId,
    functionName: consumer.function.functionName,
    deadLetterQueueName: consumer.deadLetterQueue.queueName,
  });
}

function hasExpressBrokers({ cluster }: StageConfig): boolean {
  return cluster.kind === 'provisioned' && cluster.brokers.type === 'express';
}

/** The cluster's metrics, if it is ours to watch. */
function ownCluster({
  config: { cluster, zones },
  streaming,
}: OperationsStackProps):
  { metrics: ClusterMetrics; brokers: ProvisionedClusterConfig['brokers']['type'] } | undefined {
  if (cluster.kind === 'existing') return undefined;
  return {
    metrics: new ClusterMetrics(streaming.cluster.clusterName, cluster.brokersPerZone * zones.length),
    brokers: cluster.brokers.type,
  };
}
