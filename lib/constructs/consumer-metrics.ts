import { Duration } from 'aws-cdk-lib/core';
import { Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';

export interface ConsumerMetricsProps {
  readonly clusterName: string;
  /** Express clusters leave the cluster's name out of the dimensions of their lag metrics. */
  readonly lagByCluster: boolean;
  readonly topicName: string;
  readonly consumerGroupId: string;
  readonly eventSourceMappingId: string;
  readonly functionName: string;
  readonly deadLetterQueueName: string;
}

const period = Duration.minutes(1);

/**
 * The metrics that tell how one consumer is doing, a minute a point.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html
 */
export class ConsumerMetrics {
  readonly #props: ConsumerMetricsProps;

  constructor(props: ConsumerMetricsProps) {
    this.#props = props;
  }

  /** Estimated seconds to drain what the group has not read. */
  timeLagSeconds(): Metric {
    const { clusterName, lagByCluster, topicName, consumerGroupId } = this.#props;
    return new Metric({
      namespace: 'AWS/Kafka',
      metricName: 'EstimatedMaxTimeLag',
      dimensionsMap: {
        ...(lagByCluster ? { 'Cluster Name': clusterName } : {}),
        'Consumer Group': consumerGroupId,
        Topic: topicName,
      },
      statistic: Stats.MAXIMUM,
      period,
    });
  }

  /** Records between the end of the worst partition and what was committed there. */
  recordLag(): Metric {
    return this.#ofMapping('MaxOffsetLag', Stats.MAXIMUM);
  }

  /** How often the pollers reported: they do so even when there is nothing to poll. */
  pollReports(): Metric {
    return this.#ofMapping('PolledEventCount', Stats.SAMPLE_COUNT);
  }

  recordsPolled(): Metric {
    return this.#ofMapping('PolledEventCount', Stats.SUM);
  }

  recordsCommitted(): Metric {
    return this.#ofMapping('CommittedEventCount', Stats.SUM);
  }

  /** Records given up without reaching the dead letter queue. */
  recordsDropped(): Metric {
    return this.#ofMapping('DroppedEventCount', Stats.SUM);
  }

  /** Failed batches that could not be written to the dead letter queue. */
  failedDeliveries(): Metric {
    return this.#ofFunction('DestinationDeliveryFailures', Stats.SUM);
  }

  errors(): Metric {
    return this.#ofFunction('Errors', Stats.SUM);
  }

  throttles(): Metric {
    return this.#ofFunction('Throttles', Stats.SUM);
  }

  durationMilliseconds(): Metric {
    return this.#ofFunction('Duration', Stats.p(99));
  }

  deadLetters(): Metric {
    return new Metric({
      namespace: 'AWS/SQS',
      metricName: 'ApproximateNumberOfMessagesVisible',
      dimensionsMap: { QueueName: this.#props.deadLetterQueueName },
      statistic: Stats.MAXIMUM,
      period,
    });
  }

  #ofMapping(metricName: string, statistic: string): Metric {
    return new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { EventSourceMappingUUID: this.#props.eventSourceMappingId },
      statistic,
      period,
    });
  }

  #ofFunction(metricName: string, statistic: string): Metric {
    return new Metric({
      namespace: 'AWS/Lambda',
      metricName,
      dimensionsMap: { FunctionName: this.#props.functionName },
      statistic,
      period,
    });
  }
}
