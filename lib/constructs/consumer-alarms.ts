import { TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IAlarmAction } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { AlarmThresholds } from '../config/stage-config.ts';
import type { ConsumerName } from '../topology/topology-types.ts';
import type { ConsumerMetrics } from './consumer-metrics.ts';
import { RunbookAlarm } from './runbook-alarm.ts';
import type { RunbookAlarmProps } from './runbook-alarm.ts';

export interface ConsumerAlarmsProps {
  readonly consumer: ConsumerName;
  readonly metrics: ConsumerMetrics;
  readonly thresholds: AlarmThresholds;
  readonly action: IAlarmAction;
  /** What alarm names begin with. */
  readonly prefix: string;
}

type AlarmShape = Omit<RunbookAlarmProps, 'alarmName' | 'action'> & { readonly name: string };

const { BREACHING, IGNORE, NOT_BREACHING } = TreatMissingData;

/** The alarms of one consumer. */
export class ConsumerAlarms extends Construct {
  constructor(scope: Construct, id: string, props: ConsumerAlarmsProps) {
    super(scope, id);
    for (const { name, ...shape } of [
      ...progressAlarms(props),
      ...lossAlarms(props),
      ...functionAlarms(props),
    ]) {
      new RunbookAlarm(this, name, {
        ...shape,
        alarmName: `${props.prefix}-${props.consumer}-${name}`,
        action: props.action,
      });
    }
  }
}

function progressAlarms({ consumer, metrics, thresholds }: ConsumerAlarmsProps): readonly AlarmShape[] {
  return [
    {
      name: 'time-lag',
      meaning: `${consumer} needs more than ${thresholds.timeLagSeconds} s to catch up with the topic.`,
      runbook: 'consumer-lag',
      metric: metrics.timeLagSeconds(),
      breach: { above: thresholds.timeLagSeconds, points: 3, outOf: 5 },
      // A rebalance interrupts the metric: neither a reason to page nor to call the consumer healthy again.
      missingData: IGNORE,
    },
    {
      name: 'record-lag',
      meaning: `${consumer} is more than ${thresholds.recordLag} records behind on one partition.`,
      runbook: 'consumer-lag',
      metric: metrics.recordLag(),
      breach: { above: thresholds.recordLag, points: 3, outOf: 5 },
      missingData: IGNORE,
    },
    {
      name: 'poller-dead',
      meaning: `The event source mapping of ${consumer} has stopped polling, or never started.`,
      runbook: 'poller-dead',
      metric: metrics.pollReports(),
      // A deployment may cost three minutes.
      breach: { below: 1, points: 5, outOf: 5 },
      missingData: BREACHING,
    },
  ];
}

function lossAlarms({ consumer, metrics }: ConsumerAlarmsProps): readonly AlarmShape[] {
  const atOnce = { above: 0, points: 1, outOf: 1 };
  return [
    {
      name: 'dead-letters',
      meaning: `Records that ${consumer} could not process wait in its dead letter queue.`,
      runbook: 'dead-letter-queue',
      metric: metrics.deadLetters(),
      breach: atOnce,
      missingData: NOT_BREACHING,
    },
    {
      name: 'records-dropped',
      meaning: `${consumer} has given up records that are in no queue.`,
      runbook: 'records-lost',
      metric: metrics.recordsDropped(),
      breach: atOnce,
      missingData: NOT_BREACHING,
    },
    {
      name: 'failed-deliveries',
      meaning: `Failed batches of ${consumer} could not be written to its dead letter queue.`,
      runbook: 'records-lost',
      metric: metrics.failedDeliveries(),
      breach: atOnce,
      missingData: NOT_BREACHING,
    },
  ];
}

function functionAlarms({ consumer, metrics }: ConsumerAlarmsProps): readonly AlarmShape[] {
  const lasting = { above: 0, points: 3, outOf: 5 };
  return [
    {
      name: 'errors',
      meaning: `The function of ${consumer} keeps failing, so whole batches are tried again.`,
      runbook: 'function-errors',
      metric: metrics.errors(),
      breach: lasting,
      missingData: NOT_BREACHING,
    },
    {
      name: 'throttles',
      meaning: `The function of ${consumer} has too little concurrency for its pollers.`,
      runbook: 'function-errors',
      metric: metrics.throttles(),
      breach: lasting,
      missingData: NOT_BREACHING,
    },
  ];
}
