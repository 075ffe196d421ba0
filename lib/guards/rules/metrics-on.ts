import { knownValue } from '../fact.ts';
import { unanswered } from '../guard.ts';
import type { Guard } from '../guard.ts';

const groups = ['EventCount', 'ErrorCount', 'KafkaMetrics'];

/** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html */
export const metricsOn: Guard = {
  id: 'metrics-on',
  rule: 'A mapping publishes its event, error and lag metrics.',
  check: ({ mappings }) =>
    mappings.flatMap(({ resource, metrics }) => {
      if (metrics.kind === 'unknown') return unanswered(resource, 'MetricsConfig.Metrics');
      const set = knownValue(metrics) ?? [];
      const missing = groups.filter((group) => !set.includes(group));
      return missing.length === 0
        ? []
        : [
            {
              resource,
              property: 'MetricsConfig.Metrics',
              problem: `lacks ${missing.join(', ')}: a mapping that polls nothing would look like one without work`,
              fix: `Set Metrics to ${groups.join(', ')}.`,
            },
          ];
    }),
};
