import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import { callsOfPollers } from '../config/calls-at-once.ts';
import { ConsumerMetrics } from '../alarms/consumer-metrics.ts';
import type { StageConfig } from '../config/stage-config.ts';
import type { StageNames } from '../config/stage-names.ts';
import { OrderConsumer } from '../constructs/order-consumer.ts';
import { Redrive } from '../constructs/redrive.ts';
import { SamplerFunction } from '../constructs/sampler-function.ts';
import { capitalized, consumerOutputs } from '../topology/consumer-outputs.ts';
import type { ConsumerSpec, TopicSpec } from '../topology/topology-types.ts';
import { consumerDuties } from './consumer-duties.ts';
import type { OperationsStack } from './operations-stack.ts';
import type { StreamingStack } from './streaming-stack.ts';
import { StageAlarms } from './stage-alarms.ts';

export interface ConsumersStackProps extends StackProps {
  readonly config: StageConfig;
  readonly consumers: readonly ConsumerSpec[];
  readonly topic: TopicSpec;
  readonly streaming: StreamingStack;
  readonly operations: OperationsStack;
  readonly names: StageNames;
}

/**
 * Every consumer of the topology, each with its own group, function, table and dead-letter queue; the sampler of their groups; and
 * the alarms on all of them.
 *
 * Alarms and dashboards are in the stack of the resources that they watch, so that a new mapping or function and its
 * alarms are one deployment.
 */
export class ConsumersStack extends Stack {
  constructor(scope: Construct, id: string, props: ConsumersStackProps) {
    super(scope, id, props);
    this.addStackDependency(props.streaming, 'the event source mappings name the topic by its text');
    const consumers = props.consumers.map((spec) => this.#addConsumer(spec, props));
    this.#addRedrive(consumers, props);
    this.#addSampler(props);
    new StageAlarms(this, 'Alarms', {
      config: props.config,
      prefix: props.names.prefix,
      namespace: namespaceOf(props.names),
      topic: props.operations.alarmTopic,
      clusterName: props.streaming.cluster.clusterName,
      consumers: consumers.map((consumer) => ({
        spec: consumer.spec,
        metrics: metricsOf(consumer.spec, consumer, props),
      })),
    });
  }

  /** Beside the consumers, because it needs the names of their functions, which a new deployment may change. */
  #addRedrive(consumers: readonly OrderConsumer[], { config, streaming }: ConsumersStackProps): void {
    const { cluster, topic } = streaming;
    const redrive = new Redrive(this, 'Redrive', { cluster, topic, consumers, config });
    new CfnOutput(this, 'RedriveFunctionName', { value: redrive.functionName });
    new CfnOutput(this, 'OperationsTableName', { value: redrive.operationsTableName });
    for (const [name, functionName] of redrive.rehearsalFunctionNames)
      new CfnOutput(this, consumerOutputs(name).rehearsalName, { value: functionName });
  }

  #addSampler({ config, streaming, names, consumers, topic }: ConsumersStackProps): void {
    new SamplerFunction(this, 'Sampler', {
      cluster: streaming.cluster,
      topic: { topicArn: streaming.topic.topicArn, topicName: streaming.topic.topicName },
      retentionHours: topic.retentionHours,
      consumers,
      namespace: namespaceOf(names),
      config,
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
      environment: {
        CURRENCY: config.currency,
        POWERTOOLS_METRICS_NAMESPACE: namespaceOf(names),
        EFFECT_OBJECTIVE_SECONDS: `${config.alarms.objective.withinSeconds}`,
      },
      logRetentionDays: config.logRetentionDays,
      logLevel: config.applicationLogLevel,
    });
    const outputs = consumerOutputs(spec.name);
    new CfnOutput(this, outputs.tableName, { value: consumer.table.tableName });
    new CfnOutput(this, outputs.deadLetterQueueUrl, { value: consumer.deadLetterQueue.queueUrl });
    new CfnOutput(this, outputs.functionName, { value: consumer.function.functionName });
    return consumer;
  }
}

function metricsOf(
  spec: ConsumerSpec,
  consumer: OrderConsumer,
  { config, streaming, names }: ConsumersStackProps,
): ConsumerMetrics {
  return new ConsumerMetrics({
    consumer: spec.name,
    namespace: namespaceOf(names),
    tableName: consumer.table.tableName,
    clusterName: streaming.cluster.clusterName,
    lagByCluster: !hasExpressBrokers(config),
    topicName: streaming.topic.topicName,
    consumerGroupId: spec.consumerGroupId,
    eventSourceMappingId: consumer.mapping.eventSourceMappingId,
    functionName: consumer.function.functionName,
    deadLetterQueueName: consumer.deadLetterQueue.queueName,
  });
}

/** Returns the metric namespace of the stage's functions, so that stages in one account do not mix their metrics. */
function namespaceOf({ prefix }: StageNames): string {
  return prefix;
}

function hasExpressBrokers({ cluster }: StageConfig): boolean {
  return (cluster.kind === 'provisioned' ? cluster.brokers.type : cluster.brokerType) === 'express';
}
