import { expect, test } from '@jest/globals';
import type { JsonObject } from '../../../../local/deployment/assembly/template.ts';
import { deploymentMetrics } from '../../../../local/environment/minutes/deployment-metrics.ts';
import { dueIn, readSchedules } from '../../../../local/environment/minutes/schedules.ts';

const rule = (logicalId: string, properties: JsonObject) => ({
  stackName: 'shop',
  logicalId,
  type: 'AWS::Events::Rule',
  properties,
});
const arn = (name: string): string => `arn:aws:lambda:us-east-1:000000000000:function:${name}`;

const schedules = readSchedules(
  [
    rule('EveryMinute', {
      ScheduleExpression: 'rate(1 minute)',
      Targets: [{ Arn: arn('sampler'), Input: '{"a":1}' }, { Arn: 'arn:aws:sqs:us-east-1:000000000000:q' }],
    }),
    rule('TwiceADay', { ScheduleExpression: 'rate(12 hours)', Targets: [{ Arn: arn('report') }] }),
    rule('Elsewhere', { ScheduleExpression: 'rate(1 minute)', Targets: [{ Arn: arn('other') }] }),
    rule('AtNoon', { ScheduleExpression: 'cron(0 12 * * ? *)', Targets: [{ Arn: arn('report') }] }),
  ],
  new Set(['sampler', 'report']),
);

test('the functions that rules invoke every so often and that run here are on a schedule', () => {
  expect(schedules).toEqual([
    { rule: 'EveryMinute', functionName: 'sampler', everyMinutes: 1, input: '{"a":1}' },
    {
      rule: 'TwiceADay',
      functionName: 'report',
      everyMinutes: 720,
      input: expect.stringContaining('"detail-type":"Scheduled Event"'),
    },
  ]);
});

test('a schedule is due in the first minute and after each of its times', () => {
  const due = [0, 1, 719, 720].map((minute) =>
    dueIn(minute, schedules).map(({ functionName }) => functionName),
  );

  expect(due).toEqual([['sampler', 'report'], ['sampler'], ['sampler'], ['sampler', 'report']]);
});

test('the start of an environment counts for the rules for deployments alone', () => {
  const metrics = deploymentMetrics([
    rule('Deployments', { Name: 'deployments', EventPattern: { source: ['aws.cloudformation'] } }),
    rule('EveryMinute', { Name: 'every-minute', ScheduleExpression: 'rate(1 minute)' }),
  ]);

  expect(metrics).toEqual([
    {
      namespace: 'AWS/Events',
      name: 'TriggeredRules',
      dimensions: { RuleName: 'deployments' },
      unit: 'Count',
      value: 1,
    },
  ]);
});
