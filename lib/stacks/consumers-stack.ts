import { CfnOutput, Stack } from 'aws-cdk-lib/core';
import type { StackProps } from 'aws-cdk-lib/core';
import type { Construct } from 'constructs';
import type { StageConfig } from '../config/stage-config.ts';
import { OrderConsumer } from '../constructs/order-consumer.ts';
import type { ConsumerSpec } from '../topology/topology-types.ts';
import { consumerDuties } from './consumer-duties.ts';
import type { StreamingStack } from './streaming-stack.ts';

export interface ConsumersStackProps extends StackProps {
  readonly config: StageConfig;
  readonly consumers: readonly ConsumerSpec[];
  readonly streaming: StreamingStack;
  /** What names seen by operators begin with. */
  readonly prefix: string;
}

/** One poller can have this many calls open: https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html */
const callsPerPoller = 5;

/** Every consumer of the topology, each with its own group, function, table and dead letter queue. */
export class ConsumersStack extends Stack {
  readonly consumers: readonly { readonly spec: ConsumerSpec; readonly consumer: OrderConsumer }[];

  constructor(scope: Construct, id: string, props: ConsumersStackProps) {
    super(scope, id, props);
    this.addStackDependency(props.streaming, 'the event source mappings name the topic by its text');
    this.consumers = props.consumers.map((spec) => ({ spec, consumer: this.#addConsumer(spec, props) }));
  }

  #addConsumer(spec: ConsumerSpec, { config, streaming, prefix }: ConsumersStackProps): OrderConsumer {
    const id = capitalized(spec.name);
    const consumer = new OrderConsumer(this, id, {
      spec,
      duty: consumerDuties[spec.name](this, config, spec),
      topic: {
        clusterArn: streaming.cluster.clusterArn,
        topicArn: streaming.topic.topicArn,
        topicName: streaming.topic.topicName,
      },
      deadLetterQueueName: `${prefix}-${spec.name}-dlq`,
      pollers: { ...config.pollers, groupName: prefix },
      reservedConcurrentExecutions:
        config.reservedConcurrency === 'asPollers' ? config.pollers.maximum * callsPerPoller : undefined,
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

function capitalized(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
