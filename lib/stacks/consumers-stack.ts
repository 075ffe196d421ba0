import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { StackProps } from 'aws-cdk-lib/core';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { Construct } from 'constructs';
import { callsOfPollers } from '../config/calls-at-once.ts';
import type { StageConfig } from '../config/stage-config.ts';
import type { StageNames } from '../config/stage-names.ts';
import { ConsumerAlarms } from '../constructs/consumer-alarms.ts';
import { ConsumerMetrics } from '../constructs/consumer-metrics.ts';
import { OrderConsumer } from '../constructs/order-consumer.ts';
import { OrderDashboard } from '../constructs/order-dashboard.ts';
import { Redrive } from '../constructs/redrive.ts';
import type { ConsumerName, ConsumerSpec } from '../topology/topology-types.ts';
import { consumerDuties } from './consumer-duties.ts';
import type { OperationsStack } from './operations-stack.ts';
import type { StreamingStack } from './streaming-stack.ts';
import { watchedCluster } from './watched-cluster.ts';

export interface ConsumersStackProps extends StackProps {
  readonly config: StageConfig;
  readonly consumers: readonly ConsumerSpec[];
  readonly streaming: StreamingStack;
  readonly operations: OperationsStack;
  readonly names: StageNames;
}

/**
 * Every consumer of the topology, each with its own group, function, table and dead letter queue, and with its alarms.
 *
 * Alarms and dashboard stand beside what they watch: a new mapping or function and the alarms on it are one deployment.
 */
export class ConsumersStack extends Stack {
  constructor(scope: Construct, id: string, props: ConsumersStackProps) {
    super(scope, id, props);
    this.addStackDependency(props.streaming, 'the event source mappings name the topic by its text');
    const consumers = props.consumers.map((spec) => this.#addConsumer(spec, props));
    const watched = consumers.map((consumer) => ({
      name: consumer.spec.name,
      metrics: metricsOf(consumer.spec, consumer, props),
    }));
    for (const { name, metrics } of watched) this.#addAlarms(name, metrics, props);
    this.#addRedrive(consumers, props);
    new OrderDashboard(this, 'Dashboard', {
      dashboardName: props.names.prefix,
      consumers: watched,
      cluster: watchedCluster(props.config, props.streaming.cluster.clusterName),
    });
  }

  /** Beside the consumers, as it is told the names of their functions, which a new deployment may change. */
  #addRedrive(consumers: readonly OrderConsumer[], { config, streaming }: ConsumersStackProps): void {
    const { cluster, topic } = streaming;
    const redrive = new Redrive(this, 'Redrive', { cluster, topic, consumers, config });
    new CfnOutput(this, 'RedriveFunctionName', { value: redrive.functionName });
    new CfnOutput(this, 'OperationsTableName', { value: redrive.operationsTableName });
    for (const [name, functionName] of redrive.rehearsalFunctionNames)
      new CfnOutput(this, `${capitalized(name)}RehearsalName`, { value: functionName });
  }

  #addAlarms(
    consumer: ConsumerName,
    metrics: ConsumerMetrics,
    { config, operations, names }: ConsumersStackProps,
  ): void {
    const action = new SnsAction(operations.alarmTopic);
    new ConsumerAlarms(this, `${capitalized(consumer)}Alarms`, {
      consumer,
      metrics,
      thresholds: config.alarms,
      action,
      prefix: names.prefix,
    });
  }

  #addConsumer(spec: ConsumerSpec, { config, streaming, names }: ConsumersStackProps): OrderConsumer {
    const id = capitalized(spec.name);
    const consumer = new OrderConsumer(this, id, {
      spec,
      duty: consumerDuties[spec.name](this, config, spec),
      topic: {
        clusterArn: streaming.cluster.clusterArn,
        topicArn: streaming.topic.topicArn,
        topicName: streaming.topic.topicName,
      },
      deadLetterQueueName: names.deadLetterQueue(spec.name),
      pollers: { ...config.pollers, groupName: names.prefix },
      reservedConcurrentExecutions:
        config.reservedConcurrency === 'asPollers' ? callsOfPollers(config) : undefined,
      environment: { CURRENCY: config.currency, POWERTOOLS_METRICS_NAMESPACE: 'OrderEvents' },
      logRetentionDays: config.logRetentionDays,
      logLevel: config.applicationLogLevel,
    });
    new CfnOutput(this, `${id}TableName`, { value: consumer.table.tableName });
    new CfnOutput(this, `${id}DlqUrl`, { value: consumer.deadLetterQueue.queueUrl });
    new CfnOutput(this, `${id}FunctionName`, { value: consumer.function.functionName });
    return consumer;
  }
}

function metricsOf(
  spec: ConsumerSpec,
  consumer: OrderConsumer,
  { config, streaming }: ConsumersStackProps,
): ConsumerMetrics {
  return new ConsumerMetrics({
    clusterName: streaming.cluster.clusterName,
    lagByCluster: !hasExpressBrokers(config),
    topicName: streaming.topic.topicName,
    consumerGroupId: spec.consumerGroupId,
    eventSourceMappingId: consumer.mapping.eventSourceMappingId,
    functionName: consumer.function.functionName,
    deadLetterQueueName: consumer.deadLetterQueue.queueName,
  });
}

function hasExpressBrokers({ cluster }: StageConfig): boolean {
  return (cluster.kind === 'provisioned' ? cluster.brokers.type : cluster.brokerType) === 'express';
}

function capitalized(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
