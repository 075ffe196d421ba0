import type { EventSourceMappingSpec } from '../event-source-mapping/configuration/event-source-mapping-spec.ts';
import { functionNameOf } from '../event-source-mapping/configuration/function-name.ts';
import { emittedMetrics, type MappingMetric } from '../event-source-mapping/scaling/mapping-metrics.ts';
import type { Metric } from './metric.ts';
import type { ReportedLag } from './reported-lag.ts';

/** What was measured of a mapping that polls, since the last time. */
export interface MappingMeasurement {
  readonly mappingId: string;
  readonly spec: EventSourceMappingSpec;
  /** By metric name; what did not happen may be missing. */
  readonly counts: Readonly<Record<string, number>>;
  readonly lag: ReportedLag | 'unknown';
  readonly pollers: number;
}

const POLLERS_OF_AN_EVENT_POLLER_UNIT = 10;

/**
 * A mapping's metrics under the names and dimensions that AWS gives them: those of the mapping for the groups that it
 * lists, and those that its function has in any case.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function mappingMetrics(measurement: MappingMeasurement): readonly Metric[] {
  const { mappingId, spec } = measurement;
  const emitted = Object.entries(emittedMetrics(measured(measurement), spec.metricGroups));
  const ofMapping = emitted.map(([name, value]): Metric => ({
    namespace: 'AWS/Lambda',
    name,
    dimensions: { EventSourceMappingUUID: mappingId },
    unit: name.endsWith('InBytes') ? 'Bytes' : 'Count',
    value,
  }));
  return [...ofMapping, ...functionMetrics(measurement)];
}

/** An empty poll counts as 0, so the counts of polls are always there. */
function measured({
  spec,
  counts,
  lag,
  pollers,
}: MappingMeasurement): Partial<Record<MappingMetric, number>> {
  const polls = { PolledEventCount: 0, FilteredOutEventCount: 0, ...counts };
  const lags = lag === 'unknown' ? {} : { MaxOffsetLag: lag.maximum, SumOffsetLag: lag.sum };
  if (spec.pollers.kind === 'onDemand') return { ...withoutThroughput(polls), ...lags };
  return {
    EventPollerThroughputInBytes: 0,
    ...polls,
    ...lags,
    ProvisionedPollers: pollers,
    EventPollerUnit: Math.ceil(pollers / POLLERS_OF_AN_EVENT_POLLER_UNIT),
  };
}

/** Throughput is a metric of provisioned mode. */
function withoutThroughput(counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(
    Object.entries(counts).filter(([name]) => name !== 'EventPollerThroughputInBytes'),
  );
}

/** `OffsetLag` is of the whole topic, whatever the mapping lists. */
function functionMetrics({ spec, counts, lag }: MappingMeasurement): readonly Metric[] {
  const metric = {
    namespace: 'AWS/Lambda',
    dimensions: { FunctionName: functionNameOf(spec.functionName) },
    unit: 'Count',
  } as const;
  const failures = counts['DestinationDeliveryFailures'] ?? 0;
  return [
    ...(lag === 'unknown' ? [] : [{ ...metric, name: 'OffsetLag', value: lag.sum }]),
    ...(failures === 0 ? [] : [{ ...metric, name: 'DestinationDeliveryFailures', value: failures }]),
  ];
}
