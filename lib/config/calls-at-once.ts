import type { Topology } from '../topology/topology-types.ts';
import type { StageConfig } from './stage-config.ts';

/** One poller can have this many calls open: https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html */
const callsPerPoller = 5;

/** How many calls the pollers of one mapping can have open at once, whatever they read. */
export function callsOfPollers({ pollers }: Pick<StageConfig, 'pollers'>): number {
  return pollers.maximum * callsPerPoller;
}

/** How many executions all consumers of a stage can use at once: a partition has one batch in flight at most. */
export function executionsOfStage(config: Pick<StageConfig, 'pollers'>, topology: Topology): number {
  return topology.consumers.length * Math.min(callsOfPollers(config), topology.topic.partitions);
}
