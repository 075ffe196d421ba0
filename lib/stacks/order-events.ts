import { Tags, Validations } from 'aws-cdk-lib/core';
import type { App } from 'aws-cdk-lib/core';
import { confinedTo } from '../config/examples.ts';
import { placeTopology } from '../config/place-topology.ts';
import type { StageConfig } from '../config/stage-config.ts';
import { stageNames } from '../config/stage-names.ts';
import { stageProblems } from '../config/stage-problems.ts';
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
 * @throws Error with every problem of the topology, or of the stage.
 */
export function createOrderEvents(scope: App, config: StageConfig, asWritten: Topology): OrderEvents {
  const topology = deployable(asWritten, config);
  const names = stageNames(config.stage);
  const { prefix, stacks } = names;
  const account = confinedTo(config);
  const common = {
    config,
    env: { region: config.region, ...(account === undefined ? {} : { account }) },
  };
  const streaming = new StreamingStack(scope, stacks.streaming, {
    ...common,
    terminationProtection: config.terminationProtection,
    description: 'The order event stream: Kafka cluster, network and topic',
    topic: topology.topic,
    clusterName: names.cluster,
  });
  const operations = new OperationsStack(scope, stacks.operations, {
    ...common,
    description: 'Alarm topic, cluster alarms and test producer of the order event stream',
    streaming,
    prefix,
  });
  const consumers = new ConsumersStack(scope, stacks.consumers, {
    ...common,
    terminationProtection: config.terminationProtection,
    description: 'The consumers of the order event stream, with their alarms and dashboard',
    consumers: topology.consumers,
    topic: topology.topic,
    streaming,
    operations,
    names,
  });
  Validations.of(scope).addPlugins(guardsFor(config, topology));
  Tags.of(scope).add('application', 'order-events');
  Tags.of(scope).add('stage', config.stage);
  return { streaming, consumers, operations };
}

/** The topology as it is placed on the stage's cluster. */
function deployable(asWritten: Topology, config: StageConfig): Topology {
  refuse('The topology', validateTopology(asWritten));
  const topology = placeTopology(asWritten, config.cluster);
  refuse(`The stage ${config.stage}`, stageProblems(config, topology));
  return topology;
}

function refuse(what: string, problems: readonly string[]): void {
  if (problems.length > 0) throw new Error(`${what} cannot be deployed:\n${problems.join('\n')}`);
}

function guardsFor(config: StageConfig, { topic, consumers }: Topology): KafkaGuards {
  return new KafkaGuards({
    responseTimeHours: config.responseTimeHours,
    itemLifetimeVariable: 'ITEM_TTL_DAYS',
    partitionHistory: { [topic.name]: topic.partitionHistory },
    pace: Object.fromEntries(
      consumers.map(({ consumerGroupId, pace }) => [
        consumerGroupId,
        {
          recordMilliseconds: pace.runMilliseconds,
          recordsAtOnce: pace.maxConcurrentRuns * pace.maxRecordsPerRun,
          reserveMilliseconds: pace.minRemainingMilliseconds,
        },
      ]),
    ),
  });
}
