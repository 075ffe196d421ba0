import { Duration } from 'aws-cdk-lib/core';
import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { AlarmThresholds } from '../config/stage-config.ts';
import type { ConsumerSpec } from '../topology/topology-types.ts';
import { atOnce, lasting, silent, type AlarmSpec } from './alarm-spec.ts';
import type { ConsumerMetrics } from './consumer-metrics.ts';

const { BREACHING, IGNORE, NOT_BREACHING } = TreatMissingData;

export interface WatchedConsumer {
  readonly spec: ConsumerSpec;
  readonly metrics: ConsumerMetrics;
  readonly thresholds: AlarmThresholds;
  /** The most pollers that may work on batches at the same time. */
  readonly maximumPollers: number;
  /** How soon after an alarm a dead letter is promised to be redriven. */
  readonly responseTimeHours: number;
}

/** The alarms of one consumer. */
export function consumerAlarms(consumer: WatchedConsumer): readonly AlarmSpec[] {
  return [
    ...progressAlarms(consumer),
    ...offsetAlarms(consumer),
    ...deadLetterAlarms(consumer),
    ...lossAlarms(consumer),
    ...functionAlarms(consumer),
  ];
}

const ORDERS_WAIT = 'Orders wait in this consumer, and none is lost yet.';

/** They page together: see `servicePage`. */
function progressAlarms({ spec: { name }, metrics, thresholds }: WatchedConsumer): readonly AlarmSpec[] {
  return [
    {
      name: 'time-lag',
      meaning: `${name} is more than ${thresholds.timeLagSeconds} s behind the topic.`,
      business: ORDERS_WAIT,
      urgency: 'part',
      why: 'A burst of ten times the usual load drains within five minutes, and keeps fewer points above the threshold.',
      metric: metrics.secondsBehind(),
      breach: { above: thresholds.timeLagSeconds, points: 5, outOf: 5 },
      // A rebalance interrupts the metric: neither a reason to page nor to call the consumer healthy again.
      missingData: IGNORE,
    },
    {
      name: 'no-progress',
      meaning: `Records wait for ${name} and it commits nothing, in one partition at least.`,
      business: ORDERS_WAIT,
      urgency: 'part',
      why: 'A deployment may cost three minutes without a commit; the fourth is one too many.',
      metric: metrics.withoutProgress(),
      breach: { above: 0, points: 4, outOf: 5 },
      missingData: IGNORE,
    },
    {
      name: 'poller-dead',
      meaning: `The event source mapping of ${name} has stopped polling, is disabled, or never started.`,
      business: ORDERS_WAIT,
      urgency: 'part',
      why: 'A deployment or a rebalance may cost three minutes of silence.',
      metric: metrics.pollReports(),
      breach: silent,
      missingData: BREACHING,
    },
    {
      name: 'lag-silent',
      meaning: `The lag of ${name} is unknown: its group rebalances without end, or the group or its metric no longer exists.`,
      business: 'Orders may wait unnoticed.',
      urgency: 'part',
      why: 'A rebalance may cost three minutes of silence; one without end does not stop.',
      metric: metrics.lagReports(),
      breach: silent,
      missingData: BREACHING,
    },
  ];
}

function offsetAlarms({ spec, metrics, thresholds, maximumPollers }: WatchedConsumer): readonly AlarmSpec[] {
  const { name, batchSize } = spec;
  return [
    {
      name: 'intruder',
      meaning: `The group of ${name} has a member that is not a poller of its mapping.`,
      business: 'It takes orders away, and they have no effect.',
      urgency: 'page',
      why: 'A poller that is leaving may look like a stranger for one sample.',
      metric: metrics.intruders(),
      breach: { above: 0, points: 2, outOf: 3 },
      missingData: IGNORE,
    },
    {
      name: 'offsets-moved-back',
      meaning: `The committed offset of ${name} went back in a partition.`,
      business:
        'Old orders are delivered again; their effects are not repeated, but new ones wait behind them.',
      urgency: 'page',
      why: 'Offsets never go back by themselves, so one decrease is enough.',
      metric: metrics.offsetsMovedBack(),
      breach: { above: 0, ...atOnce },
      missingData: NOT_BREACHING,
    },
    {
      name: 'offsets-jumped-ahead',
      meaning: `Offsets of ${name} were committed although its function never handled their records.`,
      business: 'These orders have no effect until they are replayed.',
      urgency: 'page',
      why: 'The batches in flight hold at most this many records, which were handled before the window and committed in it.',
      metric: metrics.offsetsNeverHandled(),
      breach: { above: maximumPollers * batchSize, ...atOnce },
      missingData: NOT_BREACHING,
    },
    {
      name: 'retention-at-risk',
      meaning: `The oldest unread record of ${name} has used ${thresholds.retentionUsedPercent} % of its time on the topic.`,
      business: 'The topic deletes it at 100 %, and the order is lost for this consumer.',
      urgency: 'page',
      why: 'Half of the retention is left to fix the cause.',
      metric: metrics.retentionUsedPercent(),
      breach: { above: thresholds.retentionUsedPercent, points: 2, outOf: 3 },
      missingData: IGNORE,
    },
  ];
}

const FIVE_MINUTES = Duration.minutes(5);
const QUARTER = Duration.minutes(15);

function deadLetterAlarms({
  spec,
  metrics,
  thresholds,
  responseTimeHours,
}: WatchedConsumer): readonly AlarmSpec[] {
  const { name } = spec;
  return [
    {
      name: 'dead-letters',
      meaning: `Records that ${name} could not process wait in its dead-letter queue.`,
      business: 'Their orders have no effect until they are redriven.',
      urgency: 'page',
      why: 'Each dead letter is an order without an effect, so the first one counts.',
      metric: metrics.deadLetters(),
      breach: { above: 0, ...atOnce },
      missingData: NOT_BREACHING,
    },
    {
      name: 'dead-letters-growing',
      meaning: `The dead-letter queue of ${name} has grown for a quarter of an hour.`,
      business: 'The cause continues, and more orders are set aside every minute.',
      urgency: 'page',
      why: 'Growth in three successive windows has a cause that continues.',
      metric: metrics.deadLettersArrived(FIVE_MINUTES),
      breach: { above: 0, points: 3, outOf: 3 },
      missingData: NOT_BREACHING,
    },
    {
      name: 'dead-letters-old',
      meaning: `A dead letter of ${name} is ${responseTimeHours / 2} h old: half of the time in which its record is surely on the topic.`,
      business: 'Orders that it points to are lost when the topic deletes them.',
      urgency: 'page',
      why: 'Half of the time that the stage promises for a redrive is left.',
      metric: metrics.oldestDeadLetterSeconds(),
      breach: { above: (responseTimeHours / 2) * 3_600, ...lasting },
      missingData: NOT_BREACHING,
    },
    {
      name: 'records-parked',
      meaning: `${name} has parked more than ${thresholds.parkedRecords} records in a quarter of an hour.`,
      business: 'A producer sends orders that nobody can read.',
      urgency: 'page',
      why: 'A few unreadable records are the mistake of one sender; more come from a bad release.',
      metric: metrics.recordsParked(QUARTER),
      breach: { above: thresholds.parkedRecords, ...atOnce },
      missingData: NOT_BREACHING,
    },
  ];
}

function lossAlarms({ spec: { name }, metrics }: WatchedConsumer): readonly AlarmSpec[] {
  return [
    {
      name: 'records-dropped',
      meaning: `Lambda has discarded records of ${name} that are in no queue.`,
      business: 'Their orders exist in the topic only, until its retention ends.',
      urgency: 'page',
      why: 'Nothing should ever be dropped, so the first record counts.',
      metric: metrics.recordsDropped(),
      breach: { above: 0, ...atOnce },
      missingData: NOT_BREACHING,
    },
    {
      name: 'failed-deliveries',
      meaning: `Failed batches of ${name} could not be written to its dead-letter queue.`,
      business: 'Their orders exist in the topic only, until its retention ends.',
      urgency: 'page',
      why: 'Each failed delivery drops a batch, so the first one counts.',
      metric: metrics.failedDeliveries(),
      breach: { above: 0, ...atOnce },
      missingData: NOT_BREACHING,
    },
    {
      name: 'polling-errors',
      meaning: `The pollers of ${name} cannot read or commit.`,
      business: 'Orders may be delivered late, or again.',
      urgency: 'ticket',
      why: 'AWS reports single errors at rebalances, and pollers retry by themselves.',
      metric: metrics.pollingErrors(),
      breach: { above: 0, ...lasting },
      missingData: NOT_BREACHING,
    },
  ];
}

/** A share of the timeout that leaves room for a slow minute. */
const NEAR_TIMEOUT = 0.8;

function functionAlarms({ spec, metrics }: WatchedConsumer): readonly AlarmSpec[] {
  const { name, functionTimeoutSeconds } = spec;
  return [
    {
      name: 'errors',
      meaning: `The function of ${name} keeps failing, so whole batches are retried.`,
      business: 'Orders wait behind the batch that fails.',
      urgency: 'page',
      why: 'One killed invocation is retried; failures in three of five minutes have a cause that continues.',
      metric: metrics.errors(),
      breach: { above: 0, ...lasting },
      missingData: NOT_BREACHING,
    },
    {
      name: 'throttles',
      meaning: `The function of ${name} has too little concurrency for its pollers.`,
      business: 'Orders are handled more slowly than they could be.',
      urgency: 'ticket',
      why: 'A burst can reach the limit for a moment; in three of five minutes the limit is too low.',
      metric: metrics.throttles(),
      breach: { above: 0, ...lasting },
      missingData: NOT_BREACHING,
    },
    {
      name: 'near-timeout',
      meaning: `Invocations of ${name} take more than ${NEAR_TIMEOUT * 100} % of their ${functionTimeoutSeconds} s.`,
      business: 'Soon whole batches will time out, and their orders will be retried and wait.',
      urgency: 'ticket',
      why: 'It leaves room for one slow minute before invocations time out.',
      metric: metrics.longestMilliseconds(),
      breach: { above: NEAR_TIMEOUT * functionTimeoutSeconds * 1_000, ...lasting },
      missingData: NOT_BREACHING,
    },
    {
      name: 'table-throttles',
      meaning: `DynamoDB throttles requests to the table of ${name}.`,
      business: 'Orders are retried and wait; none is lost.',
      urgency: 'ticket',
      why: 'Adaptive capacity takes a minute or two to follow a new load.',
      metric: metrics.tableThrottles(),
      breach: { above: 0, ...lasting },
      missingData: NOT_BREACHING,
    },
  ];
}
