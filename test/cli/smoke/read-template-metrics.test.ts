import { expect, test } from '@jest/globals';
import { metricsInExpressions } from '../../../cli/smoke/read-template-metrics.ts';

const metric = (name: string, dimension: string, value: unknown) => ({
  MetricStat: {
    Metric: {
      Namespace: 'AWS/Lambda',
      MetricName: name,
      Dimensions: [{ Name: dimension, Value: value }],
    },
  },
});

test('the metrics in expressions of alarms are those whose dimensions are texts and references to resources', () => {
  const template = {
    Resources: {
      Queue: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'q' } },
      OnOneMetric: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
      OnExpression: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          Metrics: [
            { Expression: 'polls + lag' },
            metric('PolledEventCount', 'EventSourceMappingUUID', { Ref: 'Mapping' }),
            metric('MaxOffsetLag', 'Consumer Group', 'billing-group'),
            metric('Errors', 'FunctionName', { 'Fn::ImportValue': 'billing' }),
          ],
        },
      },
    },
  };

  const metrics = metricsInExpressions(template, (id) => (id === 'Mapping' ? 'uuid-1' : undefined));

  expect(metrics).toEqual([
    { namespace: 'AWS/Lambda', name: 'PolledEventCount', dimensions: { EventSourceMappingUUID: 'uuid-1' } },
    { namespace: 'AWS/Lambda', name: 'MaxOffsetLag', dimensions: { 'Consumer Group': 'billing-group' } },
  ]);
});
