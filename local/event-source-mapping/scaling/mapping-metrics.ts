import type { MetricGroup } from '../configuration/event-source-mapping-spec.ts';

interface MetricDefinition {
  /** The opt-in group, or the group that a provisioned mapping always has. */
  readonly group: MetricGroup | 'provisioned';
  readonly unit: 'Count' | 'Bytes';
  readonly statistic: 'Sum' | 'Maximum';
  /** Emitted with every poll, also as 0; or only for an event. */
  readonly emitted: 'always' | 'whenNotZero';
}

const event: MetricDefinition = {
  group: 'EventCount',
  unit: 'Count',
  statistic: 'Sum',
  emitted: 'whenNotZero',
};
const error: MetricDefinition = { ...event, group: 'ErrorCount' };
const lag: MetricDefinition = {
  group: 'KafkaMetrics',
  unit: 'Count',
  statistic: 'Maximum',
  emitted: 'always',
};

/**
 * The metrics of a mapping, as AWS names and emits them; their only dimension is `EventSourceMappingUUID`.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export const MAPPING_METRICS = {
  PolledEventCount: { ...event, emitted: 'always' },
  FilteredOutEventCount: { ...event, emitted: 'always' },
  InvokedEventCount: event,
  FailedInvokeEventCount: event,
  DroppedEventCount: event,
  OnFailureDestinationDeliveredEventCount: event,
  CommittedEventCount: event,
  PollingErrorCount: error,
  InvokeErrorCount: error,
  OnFailureDestinationDeliveryErrorCount: error,
  SchemaRegistryErrorCount: error,
  CommitErrorCount: error,
  MaxOffsetLag: lag,
  SumOffsetLag: lag,
  ProvisionedPollers: { group: 'provisioned', unit: 'Count', statistic: 'Maximum', emitted: 'always' },
  EventPollerUnit: { group: 'provisioned', unit: 'Count', statistic: 'Sum', emitted: 'always' },
  EventPollerThroughputInBytes: { group: 'provisioned', unit: 'Bytes', statistic: 'Sum', emitted: 'always' },
} as const satisfies Record<string, MetricDefinition>;

/** The name of a mapping metric. */
export type MappingMetric = keyof typeof MAPPING_METRICS;

const DEFINITIONS: ReadonlyMap<string, MetricDefinition> = new Map(Object.entries(MAPPING_METRICS));

/** Selects the measured metrics that a mapping with these groups emits. */
export function emittedMetrics(
  measured: Readonly<Partial<Record<MappingMetric, number>>>,
  groups: readonly MetricGroup[],
): Partial<Record<MappingMetric, number>> {
  const wanted = new Set<string>([...groups, 'provisioned']);
  const isEmitted = ([name, value]: readonly [string, number]): boolean => {
    const metric = DEFINITIONS.get(name);
    return metric !== undefined && wanted.has(metric.group) && (value !== 0 || metric.emitted === 'always');
  };
  return Object.fromEntries(Object.entries(measured).filter(isEmitted));
}
