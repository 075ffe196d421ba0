/** A metric as CloudWatch knows it. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/**
 * What is emitted only when something goes wrong or changes. A mapping emits its errors when there are any, SQS emits the metrics of a queue that was in use in the last hours
 * only, DynamoDB those of requests that it throttled, and EventBridge those of rules that matched.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/metrics-dimensions.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
const OF_TROUBLE = new Set([
  'DroppedEventCount',
  'DestinationDeliveryFailures',
  'ApproximateNumberOfMessagesVisible',
  'ApproximateAgeOfOldestMessage',
  'NumberOfMessagesSent',
  'ReadThrottleEvents',
  'WriteThrottleEvents',
  'TriggeredRules',
  'PollingErrorCount',
  'CommitErrorCount',
]);

/**
 * Those of the metrics that a stage's alarms watch which a healthy run emits. The alarms name them as they are deployed:
 * an alarm on a metric that never comes would watch nothing.
 */
export function healthyMetrics(alarmed: readonly MetricId[]): readonly MetricId[] {
  const distinct = new Map(alarmed.map((metric) => [metricText(metric), metric]));
  return [...distinct.values()].filter(({ name }) => !OF_TROUBLE.has(name));
}

/** Those that there are in the local environment: its broker tells nothing of itself as a machine. */
export function publishedLocally(alarmed: readonly MetricId[]): readonly MetricId[] {
  return healthyMetrics(alarmed).filter(({ dimensions }) => dimensions['Broker ID'] === undefined);
}

/** A metric for a person, such as `AWS/Lambda Errors of FunctionName=billing`. */
export function metricText({ namespace, name, dimensions }: MetricId): string {
  const of = Object.entries(dimensions)
    .toSorted(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([key, value]) => `${key}=${value}`);
  return `${namespace} ${name} of ${of.join(', ')}`;
}
