/** A metric as CloudWatch knows it. */
export interface MetricId {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

/**
 * What is emitted only when something goes wrong or changes. SQS emits the metrics of a queue that was in use in the last hours
 * only, DynamoDB those of requests that it throttled, and EventBridge those of rules that matched.
 *
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
]);

/** The metrics that the local environment publishes are those of mappings and of their groups. */
const OF_MAPPINGS = ['EventSourceMappingUUID', 'Consumer Group'];

/**
 * Those of the metrics that a stage's alarms watch which a healthy run emits. The alarms name them as they are deployed:
 * an alarm on a metric that never comes would watch nothing.
 */
export function healthyMetrics(alarmed: readonly MetricId[], where: 'local' | 'aws'): readonly MetricId[] {
  const distinct = new Map(alarmed.map((metric) => [metricText(metric), metric]));
  return [...distinct.values()].filter(
    ({ name, dimensions }) =>
      !OF_TROUBLE.has(name) && (where === 'aws' || OF_MAPPINGS.some((dimension) => dimension in dimensions)),
  );
}

/** A metric for a person, such as `AWS/Lambda Errors of FunctionName=billing`. */
export function metricText({ namespace, name, dimensions }: MetricId): string {
  const of = Object.entries(dimensions)
    .toSorted(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([key, value]) => `${key}=${value}`);
  return `${namespace} ${name} of ${of.join(', ')}`;
}
