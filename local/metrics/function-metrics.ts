import type { EndedInvocation } from '../lambda/lambda-host.ts';
import type { Metric } from './metric.ts';

/**
 * The metrics of one request to a function. A throttled one is no invocation, and has neither an error nor a duration.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 */
export function functionMetrics(functionName: string, ended: EndedInvocation): readonly Metric[] {
  const metric = { namespace: 'AWS/Lambda', dimensions: { FunctionName: functionName } } as const;
  const throttles = { ...metric, name: 'Throttles', unit: 'Count' } as const;
  if (ended.kind === 'throttled') return [{ ...throttles, value: 1 }];
  return [
    { ...metric, name: 'Invocations', unit: 'Count', value: 1 },
    { ...metric, name: 'Errors', unit: 'Count', value: ended.failed ? 1 : 0 },
    { ...throttles, value: 0 },
    { ...metric, name: 'Duration', unit: 'Milliseconds', value: ended.durationMs },
  ];
}
