import { Tags, Validations } from 'aws-cdk-lib/core';
import type { App } from 'aws-cdk-lib/core';
import type { StageConfig } from '../config/stage-config.ts';
import type { Topology } from '../topology/topology-types.ts';
import { validateTopology } from '../topology/validate-topology.ts';
import { ConsumersStack } from './consumers-stack.ts';
import { OperationsStack } from './operations-stack.ts';
import { KafkaGuards } from '../guards/kafka-guards.ts';
import { StreamingStack } from './streaming-stack.ts';

export interface OrderEvents {
  readonly streaming: StreamingStack;
  readonly consumers: ConsumersStack;
  readonly operations: OperationsStack;
}

/**
 * The three stacks of one stage.
 *
 * @throws Error with every problem of the topology.
 */
export function createOrderEvents(scope: App, config: StageConfig, topology: Topology): OrderEvents {
  const problems = validateTopology(topology);
  if (problems.length > 0) throw new Error(`The topology cannot be deployed:\n${problems.join('\n')}`);

  const prefix = `order-events-${config.stage}`;
  const common = { config, env: { region: config.region } };
  const streaming = new StreamingStack(scope, `${prefix}-streaming`, {
    ...common,
    description: 'The order event stream: Kafka cluster, network and topic',
    topic: topology.topic,
    clusterName: prefix,
  });
  const operations = new OperationsStack(scope, `${prefix}-operations`, {
    ...common,
    description: 'Alarm topic, cluster alarms and test producer of the order event stream',
    streaming,
    prefix,
  });
  const consumers = new ConsumersStack(scope, `${prefix}-consumers`, {
    ...common,
    description: 'The consumers of the order event stream, with their alarms and dashboard',
    consumers: topology.consumers,
    streaming,
    operations,
    prefix,
  });
  Validations.of(scope).addPlugins(guardsFor(config, topology));
  Tags.of(scope).add('application', 'order-events');
  Tags.of(scope).add('stage', config.stage);
  return { streaming, consumers, operations };
}

function guardsFor(config: StageConfig, { topic, consumers }: Topology): KafkaGuards {
  return new KafkaGuards({
    responseTimeHours: config.responseTimeHours,
    itemLifetimeVariable: 'ITEM_TTL_DAYS',
    partitionHistory: { [topic.name]: topic.partitionHistory },
    pace: Object.fromEntries(consumers.map(({ consumerGroupId, pace }) => [consumerGroupId, pace])),
  });
}
