import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import type { Metrics } from '@aws-lambda-powertools/metrics';
import withMiddleware from '@middy/core';
import { knownMetrics, type GroupMetric, type GroupMetrics } from './group-metrics.ts';

const UNITS = { OldestRecordAge: 'Seconds', RetentionUsed: 'Percent' } as const;

/** Writes the metrics of a group as one EMF line. A metric that is absent is not in it. */
export function publishGroup(metrics: Metrics): (groupId: string, values: GroupMetrics) => void {
  return (groupId, values) => {
    metrics.addDimension('ConsumerGroup', groupId);
    for (const [name, value] of knownMetrics(values)) metrics.addMetric(name, unitOf(name), value);
    metrics.publishStoredMetrics();
  };
}

function unitOf(name: GroupMetric): 'Count' | 'Seconds' | 'Percent' {
  return name === 'OldestRecordAge' || name === 'RetentionUsed' ? UNITS[name] : 'Count';
}

export interface Sampler {
  readonly logger: Logger;
  readonly metrics: Metrics;
  /** Takes one sample. @returns the number of its groups. */
  readonly sample: () => Promise<number>;
}

/** The Lambda handler that a schedule invokes. A sample that fails is the invocation's error, and no sign of life. */
export function samplerHandler({ logger, metrics, sample }: Sampler) {
  const handle = async (): Promise<{ readonly groups: number }> => {
    const groups = await sample();
    metrics.addMetric('SamplesTaken', 'Count', 1);
    metrics.publishStoredMetrics();
    return { groups };
  };
  return withMiddleware<unknown, { readonly groups: number }>(handle).use(injectLambdaContext(logger));
}
