import type { Guard } from './guard.ts';
import { batchFitsTimeout } from './rules/batch-fits-timeout.ts';
import { dedupeOutlastsRedelivery } from './rules/dedupe-outlasts-redelivery.ts';
import { destinationNotSource } from './rules/destination-not-source.ts';
import { destinationPresent } from './rules/destination-present.ts';
import { finiteRetries } from './rules/finite-retries.ts';
import { functionTimeout } from './rules/function-timeout.ts';
import { groupIdUnique } from './rules/group-id-unique.ts';
import { groupId } from './rules/group-id.ts';
import { metricsOn } from './rules/metrics-on.ts';
import { minInSyncBelowReplication } from './rules/min-in-sync-below-replication.ts';
import { noParallelizationFactor } from './rules/no-parallelization-factor.ts';
import { oneMappingPerTopic } from './rules/one-mapping-per-topic.ts';
import { partitionCount } from './rules/partition-count.ts';
import { pollersWithinPartitions } from './rules/pollers-within-partitions.ts';
import { provisionedMode } from './rules/provisioned-mode.ts';
import { replicationWithinBrokers } from './rules/replication-within-brokers.ts';
import { retentionOutlastsResponse } from './rules/retention-outlasts-response.ts';
import { startingPosition } from './rules/starting-position.ts';

export const allGuards: readonly Guard[] = [
  groupId,
  groupIdUnique,
  oneMappingPerTopic,
  startingPosition,
  provisionedMode,
  noParallelizationFactor,
  destinationPresent,
  destinationNotSource,
  finiteRetries,
  functionTimeout,
  batchFitsTimeout,
  pollersWithinPartitions,
  metricsOn,
  partitionCount,
  replicationWithinBrokers,
  minInSyncBelowReplication,
  retentionOutlastsResponse,
  dedupeOutlastsRedelivery,
];
