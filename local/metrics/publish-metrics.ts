import type { GroupReader, PartitionOffsets } from '@order-events/kafka-tools';
import type { EventSourceMappings } from '../event-source-mapping/supervisor/event-source-mappings.ts';
import { forEachMapping } from '../event-source-mapping/supervisor/for-each-mapping.ts';
import type { MappingSupervisor } from '../event-source-mapping/supervisor/mapping-supervisor.ts';
import { consumerLagMetrics } from './consumer-lag-metrics.ts';
import { mappingMetrics } from './mapping-metrics.ts';
import type { Metric } from './metric.ts';
import { reportedLag } from './reported-lag.ts';

export interface MetricPorts {
  readonly brokers: Pick<GroupReader, 'readOffsets' | 'readGroupState'>;
  /** Stores values of this moment. */
  readonly put: (metrics: readonly Metric[]) => Promise<void>;
  /** Epoch milliseconds of the brokers' time. */
  readonly now: () => number;
  /** ARNs of the clusters with Express brokers. */
  readonly expressClusters: ReadonlySet<string>;
}

/** What was read of a mapping the last time. */
interface Reading {
  readonly counts: Readonly<Record<string, number>>;
  readonly partitions: readonly PartitionOffsets[];
  readonly at: number;
}

/**
 * Makes one publication: what the mappings counted since the last one, and their lag of now. A mapping that is disabled or has no
 * poller reports nothing, but Kafka still has the offsets of its group.
 * It rejects when it is done and a mapping could not be measured.
 */
export function createMetricPublisher(
  mappings: EventSourceMappings,
  { brokers, put, now, expressClusters }: MetricPorts,
): () => Promise<void> {
  const last = new Map<string, Reading>();

  return async () => {
    const metrics: Metric[] = [];
    const measure = async (mapping: MappingSupervisor): Promise<void> => {
      const { mappingId, spec } = mapping;
      const partitions = await brokers.readOffsets(spec.topic, spec.consumerGroupId);
      const groupState = await brokers.readGroupState(spec.consumerGroupId);
      const before = last.get(mappingId) ?? { counts: {}, partitions: [], at: now() };
      const reading = { counts: mapping.counts, partitions, at: now() };
      last.set(mappingId, reading);
      metrics.push(
        ...(polls(mapping) ? metricsOf(mapping, before, reading) : []),
        ...lagOf(mapping, groupState, { before, reading, expressClusters }),
      );
    };
    try {
      await forEachMapping(mappings.list(), measure);
    } finally {
      if (metrics.length > 0) await put(metrics);
    }
  };
}

/** Whether a mapping reports at all: one that is disabled does not, nor does one whose pollers are all gone. */
const polls = ({ state, pollers }: MappingSupervisor): boolean => state !== 'Disabled' && pollers.length > 0;

function metricsOf(mapping: MappingSupervisor, before: Reading, reading: Reading): readonly Metric[] {
  return mappingMetrics({
    mappingId: mapping.mappingId,
    spec: mapping.spec,
    counts: increases(before.counts, reading.counts),
    lag: reportedLag(reading.partitions),
    pollers: mapping.pollers.length,
  });
}

interface LagReadings extends Pick<MetricPorts, 'expressClusters'> {
  readonly before: Reading;
  readonly reading: Reading;
}

/** Self-managed Kafka has no metrics of Amazon MSK. */
function lagOf(
  { spec }: MappingSupervisor,
  groupState: string,
  { before, reading, expressClusters }: LagReadings,
): readonly Metric[] {
  if (spec.source.kind === 'selfManaged') return [];
  return consumerLagMetrics({
    clusterName: expressClusters.has(spec.source.eventSourceArn)
      ? undefined
      : (spec.source.eventSourceArn.split('/')[1] ?? ''),
    consumerGroupId: spec.consumerGroupId,
    topic: spec.topic,
    groupState,
    partitions: reading.partitions,
    partitionsBefore: before.partitions,
    elapsedSeconds: (reading.at - before.at) / 1_000,
  });
}

function increases(
  before: Readonly<Record<string, number>>,
  counts: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [name, count - (before[name] ?? 0)]),
  );
}
