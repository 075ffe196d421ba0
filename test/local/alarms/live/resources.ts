import type { ResolvedResource } from '../../../../local/alarms/read-alarms.ts';

export const TOPIC = 'arn:aws:sns:us-east-1:000000000000:alarms';

/** An alarm on the lag of `orders` that alarms above 5 at once. */
export function aMetricAlarm(name: string, properties: object = {}): ResolvedResource {
  return {
    logicalId: name,
    type: 'AWS::CloudWatch::Alarm',
    properties: {
      AlarmName: name,
      Namespace: 'AWS/Kafka',
      MetricName: name,
      Dimensions: [{ Name: 'Topic', Value: 'orders' }],
      Statistic: 'Maximum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 5,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [TOPIC],
      OKActions: [TOPIC],
      ...properties,
    },
  };
}

/** An alarm on others that waits a minute for the alarm `deploying`. */
export function aComposite(name: string, rule: string, properties: object = {}): ResolvedResource {
  return {
    logicalId: name,
    type: 'AWS::CloudWatch::CompositeAlarm',
    properties: {
      AlarmName: name,
      AlarmRule: rule,
      AlarmActions: [TOPIC],
      OKActions: [TOPIC],
      ActionsSuppressor: 'deploying',
      ActionsSuppressorWaitPeriod: 60,
      ActionsSuppressorExtensionPeriod: 60,
      ...properties,
    },
  };
}
