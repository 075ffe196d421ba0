import type { Topology } from '../topology/topology-types.ts';
import type { StageConfig } from './stage-config.ts';

/** One poller can have this many calls open: https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html */
const CALLS_PER_POLLER = 5;

/** Returns the maximum number of concurrent calls by the pollers of one mapping. */
export function callsOfPollers({ pollers }: Pick<StageConfig, 'pollers'>): number {
  return pollers.maximum * CALLS_PER_POLLER;
}

/**
 * Returns the maximum number of concurrent executions of all consumers of a stage: a partition has at most one batch
 * in flight.
 */
export function executionsOfStage(config: Pick<StageConfig, 'pollers'>, topology: Topology): number {
  return topology.consumers.length * Math.min(callsOfPollers(config), topology.topic.partitions);
}
