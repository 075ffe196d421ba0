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

/** What each mapping and each group of a healthy run emits. */
const OF_MAPPING = ['PolledEventCount', 'CommittedEventCount', 'MaxOffsetLag'];
const OF_GROUP = ['EstimatedMaxTimeLag', 'MaxOffsetLag'];

/**
 * Those of the metrics that a stage's alarms watch which a healthy run emits. The alarms name them as they are deployed:
 * an alarm on a metric that never comes would watch nothing.
 */
export function healthyMetrics(alarmed: readonly MetricId[]): readonly MetricId[] {
  const distinct = new Map(alarmed.map((metric) => [metricText(metric), metric]));
  return [...distinct.values()].filter(({ name }) => !OF_TROUBLE.has(name));
}

/**
 * The metrics that the local environment publishes, for each mapping, and for each group, that an alarm watches. Alarms on
 * expressions watch them, and MiniStack keeps no such alarm.
 */
export function publishedLocally(alarmed: readonly MetricId[], topic: string): readonly MetricId[] {
  const [cluster = ''] = valuesOf('Cluster Name', alarmed);
  return [
    ...valuesOf('EventSourceMappingUUID', alarmed).flatMap((uuid) =>
      OF_MAPPING.map((name) => ({
        namespace: 'AWS/Lambda',
        name,
        dimensions: { EventSourceMappingUUID: uuid },
      })),
    ),
    ...valuesOf('ConsumerGroup', alarmed).flatMap((group) =>
      OF_GROUP.map((name) => ({
        namespace: 'AWS/Kafka',
        name,
        dimensions: { 'Cluster Name': cluster, 'Consumer Group': group, Topic: topic },
      })),
    ),
  ];
}

function valuesOf(dimension: string, metrics: readonly MetricId[]): readonly string[] {
  return [...new Set(metrics.flatMap(({ dimensions }) => dimensions[dimension] ?? []))];
}

/** A metric for a person, such as `AWS/Lambda Errors of FunctionName=billing`. */
export function metricText({ namespace, name, dimensions }: MetricId): string {
  const of = Object.entries(dimensions)
    .toSorted(([a], [b]) => a.localeCompare(b, 'en'))
    .map(([key, value]) => `${key}=${value}`);
  return `${namespace} ${name} of ${of.join(', ')}`;
}
