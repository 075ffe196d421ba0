import type { Metric } from './metric.ts';

/** A queue at one moment. */
export interface QueueMeasurement {
  readonly queueName: string;
  /** Messages that can be received, messages that somebody has received and not deleted, and those that are delayed. */
  readonly visible: number;
  readonly inFlight: number;
  readonly delayed: number;
  /** Seconds since the oldest message was sent; undefined when it is unknown, or there is none. */
  readonly oldestSeconds: number | undefined;
}

/**
 * The metrics of a queue at one moment. SQS publishes those of a queue that is in use; what was sent and deleted in between is
 * not known here and not published.
 * @see https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-available-cloudwatch-metrics.html
 */
export function queueMetrics({
  queueName,
  visible,
  inFlight,
  delayed,
  oldestSeconds,
}: QueueMeasurement): readonly Metric[] {
  const metric = { namespace: 'AWS/SQS', dimensions: { QueueName: queueName }, unit: 'Count' } as const;
  return [
    { ...metric, name: 'ApproximateNumberOfMessagesVisible', value: visible },
    { ...metric, name: 'ApproximateNumberOfMessagesNotVisible', value: inFlight },
    { ...metric, name: 'ApproximateNumberOfMessagesDelayed', value: delayed },
    ...(oldestSeconds === undefined
      ? []
      : [
          {
            ...metric,
            name: 'ApproximateAgeOfOldestMessage',
            unit: 'Seconds',
            value: oldestSeconds,
          } as const,
        ]),
  ];
}
