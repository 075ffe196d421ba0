import { Duration } from 'aws-cdk-lib/core';
import { MathExpression, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { ConsumerName } from '../topology/topology.ts';

export interface ConsumerMetricsProps {
  readonly consumer: ConsumerName;
  /** Where the functions of the stage publish their own metrics. */
  readonly namespace: string;
  readonly clusterName: string;
  /** Express clusters leave the cluster's name out of the dimensions of their lag metrics. */
  readonly lagByCluster: boolean;
  readonly topicName: string;
  readonly consumerGroupId: string;
  readonly eventSourceMappingId: string;
  readonly functionName: string;
  readonly tableName: string;
  readonly deadLetterQueueName: string;
}

const period = Duration.minutes(1);

/**
 * The metrics of one consumer, with a point for each minute.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/metrics-details.html
 */
export class ConsumerMetrics {
  readonly consumer: ConsumerName;
  readonly #props: ConsumerMetricsProps;

  constructor(props: ConsumerMetricsProps) {
    this.consumer = props.consumer;
    this.#props = props;
  }

  /** Estimated seconds to drain what the group has not read. */
  drainSeconds(): Metric {
    return this.#ofGroup('EstimatedMaxTimeLag', Stats.MAXIMUM);
  }

  /** Age of the oldest record that waits, in seconds; 0 when none does. */
  recordAgeSeconds(): Metric {
    return this.#sampled('OldestRecordAge');
  }

  /** How far behind the group is: what AWS estimates, or the age of the oldest record. One of the two is enough. */
  secondsBehind(): IMetric {
    return math('Behind (s)', 'MAX([drain, age])', {
      drain: this.drainSeconds(),
      age: this.recordAgeSeconds(),
    });
  }

  /** Records between the end of the worst partition and what was committed there. */
  recordLag(): Metric {
    return this.#ofMapping('MaxOffsetLag', Stats.MAXIMUM);
  }

  /**
   * Above 0 when records wait and nothing is committed. The sampler knows it for each partition; where it is silent, what the mapping
   * reports must do, which hides one partition among many and takes records for waiting that retention has deleted.
   */
  withoutProgress(): IMetric {
    return math('Without progress', 'FILL(stalled, IF(lag > 0, IF(FILL(committed, 0) == 0, 1, 0), 0))', {
      stalled: this.#sampled('StalledPartitions'),
      lag: this.recordLag(),
      committed: this.recordsCommitted(),
    });
  }

  /**
   * How often the pollers reported: they do so even when there is nothing to poll. The sampler's series is always there, so that their
   * silence is a point of 0 at once, and no missing one.
   */
  pollReports(): IMetric {
    return math('Poll reports', 'SUM([polls, sampled * 0])', {
      polls: this.#ofMapping('PolledEventCount', Stats.SAMPLE_COUNT),
      sampled: this.#sampled('TrueLag'),
    });
  }

  /**
   * The number of lag values that MSK published for the group. Before the topic has its first record, MSK publishes nothing, and that counts as published. SUM
   * of a list uses the existing values, so an unpublished lag counts as 0.
   */
  lagReports(): IMetric {
    return math('Lag reports', 'IF(written > 0, SUM([told, written * 0]), 1)', {
      written: this.#sampled('RecordsEverWritten'),
      told: this.#ofGroup('MaxOffsetLag', Stats.SAMPLE_COUNT),
    });
  }

  /**
   * Offsets that were committed and never handled by the function, in a quarter of an hour. Without a single invocation the sum is
   * 0, not unknown.
   */
  offsetsNeverHandled(): IMetric {
    const quarter = Duration.minutes(15);
    return math(
      'Never handled',
      'advanced - SUM([done, again, none, parked, advanced * 0])',
      {
        advanced: this.#sampled('OffsetsAdvanced', Stats.SUM, quarter),
        done: this.#own('RecordsProcessed', Stats.SUM, quarter),
        again: this.#own('RecordsDuplicate', Stats.SUM, quarter),
        none: this.#own('RecordsSkipped', Stats.SUM, quarter),
        parked: this.#own('RecordsParked', Stats.SUM, quarter),
      },
      quarter,
    );
  }

  /** Partitions whose committed offset went back. */
  offsetsMovedBack(): Metric {
    return this.#sampled('RewoundPartitions');
  }

  /** Members of the group that are no pollers of its mapping. */
  intruders(): Metric {
    return this.#sampled('Intruders');
  }

  /** Age of the oldest record that waits, in percent of the time that the topic keeps it. */
  retentionUsedPercent(): Metric {
    return this.#sampled('RetentionUsed');
  }

  recordsPolled(): Metric {
    return this.#ofMapping('PolledEventCount', Stats.SUM);
  }

  recordsCommitted(): Metric {
    return this.#ofMapping('CommittedEventCount', Stats.SUM);
  }

  /** Records that Lambda discarded without reaching the dead-letter queue. */
  recordsDropped(): Metric {
    return this.#ofMapping('DroppedEventCount', Stats.SUM);
  }

  /** Polls and commits that failed. AWS reports them only when they happen. */
  pollingErrors(): IMetric {
    return math('Polling errors', 'SUM([failedPolls, failedCommits])', {
      failedPolls: this.#ofMapping('PollingErrorCount', Stats.SUM),
      failedCommits: this.#ofMapping('CommitErrorCount', Stats.SUM),
    });
  }

  /** Failed batches that could not be written to the dead-letter queue. */
  failedDeliveries(): Metric {
    return this.#ofFunction('DestinationDeliveryFailures', Stats.SUM);
  }

  errors(): Metric {
    return this.#ofFunction('Errors', Stats.SUM);
  }

  throttles(): Metric {
    return this.#ofFunction('Throttles', Stats.SUM);
  }

  longestMilliseconds(): Metric {
    return this.#ofFunction('Duration', Stats.MAXIMUM);
  }

  recordsParked(every = period): Metric {
    return this.#own('RecordsParked', Stats.SUM, every);
  }

  /** Records whose effect landed within the objective, and those that were late. */
  effectsInTime(every = period): Metric {
    return this.#own('EffectsInTime', Stats.SUM, every);
  }

  effectsLate(every = period): Metric {
    return this.#own('EffectsLate', Stats.SUM, every);
  }

  /** The largest age of a record when its effect landed, in milliseconds. */
  effectAgeMilliseconds(): Metric {
    return this.#own('EffectAge', Stats.MAXIMUM);
  }

  deadLetters(): Metric {
    return this.#ofQueue('ApproximateNumberOfMessagesVisible', Stats.MAXIMUM);
  }

  deadLettersArrived(every: Duration): Metric {
    return this.#ofQueue('NumberOfMessagesSent', Stats.SUM, every);
  }

  oldestDeadLetterSeconds(): Metric {
    return this.#ofQueue('ApproximateAgeOfOldestMessage', Stats.MAXIMUM);
  }

  /** Requests that DynamoDB throttled. It reports them only when they happen, so the gaps between are filled. */
  tableThrottles(): IMetric {
    const ofTable = (metricName: string): Metric =>
      new Metric({
        namespace: 'AWS/DynamoDB',
        metricName,
        dimensionsMap: { TableName: this.#props.tableName },
        statistic: Stats.SUM,
        period,
      });
    return math('Table throttles', 'SUM([FILL(reads, 0), FILL(writes, 0)])', {
      reads: ofTable('ReadThrottleEvents'),
      writes: ofTable('WriteThrottleEvents'),
    });
  }

  #ofGroup(metricName: string, statistic: string): Metric {
    const { clusterName, lagByCluster, topicName, consumerGroupId } = this.#props;
    return new Metric({
      namespace: 'AWS/Kafka',
      metricName,
      dimensionsMap: {
        ...(lagByCluster ? { 'Cluster Name': clusterName } : {}),
        'Consumer Group': consumerGroupId,
        Topic: topicName,
      },
      statistic,
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

  #ofQueue(metricName: string, statistic: string, every = period): Metric {
    return new Metric({
      namespace: 'AWS/SQS',
      metricName,
      dimensionsMap: { QueueName: this.#props.deadLetterQueueName },
      statistic,
      period: every,
    });
  }

  /** What the consumer's function writes as EMF: `functions/kafka/batch-report.ts`. */
  #own(metricName: string, statistic: string, every = period): Metric {
    return new Metric({
      namespace: this.#props.namespace,
      metricName,
      dimensionsMap: { service: this.#props.consumer },
      statistic,
      period: every,
    });
  }

  /** What the sampler writes as EMF: `functions/sampler/group-metrics.ts`. */
  #sampled(metricName: string, statistic: string = Stats.MAXIMUM, every = period): Metric {
    return new Metric({
      namespace: this.#props.namespace,
      metricName,
      dimensionsMap: { service: 'sampler', ConsumerGroup: this.#props.consumerGroupId },
      statistic,
      period: every,
    });
  }
}

function math(
  label: string,
  expression: string,
  usingMetrics: Readonly<Record<string, IMetric>>,
  every = period,
): IMetric {
  return new MathExpression({ label, expression, usingMetrics: { ...usingMetrics }, period: every });
}
