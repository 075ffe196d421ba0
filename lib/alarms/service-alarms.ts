import { Duration, Stack } from 'aws-cdk-lib/core';
import { Metric, Stats, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import type { Construct } from 'constructs';
import { silent, type AlarmSpec } from './alarm-spec.ts';

/** How long after the last event of CloudFormation a deployment may still shake the consumers. */
const SETTLING = Duration.minutes(5);

/**
 * Shows when a deployment of the stage's stacks is in progress. CloudFormation sends an event for each resource that changes, and the rule's
 * own metric counts them, so nobody has to remember to announce a deployment.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-events.html
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-monitoring.html
 */
export function deploymentAlarm(scope: Construct, prefix: string): AlarmSpec {
  const stack = Stack.of(scope);
  const rule = new CfnRule(scope, 'Deployments', {
    description: 'Counts what CloudFormation changes in the stacks of the stage',
    // No target: only the rule's own metric is needed.
    targets: [],
    eventPattern: {
      source: ['aws.cloudformation'],
      'detail-type': ['CloudFormation Resource Status Change', 'CloudFormation Stack Status Change'],
      detail: {
        'stack-id': [
          { prefix: stack.formatArn({ service: 'cloudformation', resource: 'stack', resourceName: prefix }) },
        ],
      },
    },
  });
  return {
    name: 'deploying',
    meaning: 'A deployment of the stage is in progress.',
    business: 'Alarms on lag and silence do not page until it ends.',
    urgency: 'part',
    why: 'Each changed resource is an event, and the consumers settle within five minutes after the last one.',
    metric: new Metric({
      namespace: 'AWS/Events',
      metricName: 'TriggeredRules',
      dimensionsMap: { RuleName: rule.ref },
      statistic: Stats.SUM,
      period: SETTLING,
    }),
    breach: { above: 0, points: 1, outOf: 1 },
    missingData: TreatMissingData.NOT_BREACHING,
  };
}

/** Without the sampler nobody sees intruders, stalled partitions and retention at risk. */
export function samplerAlarm(namespace: string): AlarmSpec {
  return {
    name: 'sampler-silent',
    meaning: 'The sampler has stopped publishing what CloudWatch does not know about the groups.',
    business: 'Orders may wait, or an intruder may take them, unnoticed.',
    urgency: 'part',
    why: 'A cold start or a moved network interface may cost a sample or two.',
    metric: new Metric({
      namespace,
      metricName: 'SamplesTaken',
      dimensionsMap: { service: 'sampler' },
      statistic: Stats.SAMPLE_COUNT,
      period: Duration.minutes(1),
    }),
    breach: silent,
    missingData: TreatMissingData.BREACHING,
  };
}
