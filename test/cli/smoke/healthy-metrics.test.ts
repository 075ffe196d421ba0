import { expect, test } from '@jest/globals';
import {
  healthyMetrics,
  metricText,
  publishedLocally,
  type MetricId,
} from '../../../cli/smoke/healthy-metrics.ts';

const polled: MetricId = {
  namespace: 'AWS/Lambda',
  name: 'PolledEventCount',
  dimensions: { EventSourceMappingUUID: 'u' },
};
const lag: MetricId = {
  namespace: 'AWS/Kafka',
  name: 'EstimatedMaxTimeLag',
  dimensions: { 'Consumer Group': 'billing-group', Topic: 'order-events' },
};
const errors: MetricId = { namespace: 'AWS/Lambda', name: 'Errors', dimensions: { FunctionName: 'billing' } };
const controllers: MetricId = {
  namespace: 'AWS/Kafka',
  name: 'ActiveControllerCount',
  dimensions: { 'Cluster Name': 'order-events-dev' },
};
const dropped: MetricId = { ...polled, name: 'DroppedEventCount' };
const depth: MetricId = {
  namespace: 'AWS/SQS',
  name: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: 'q' },
};

const throttled: MetricId = {
  namespace: 'AWS/DynamoDB',
  name: 'WriteThrottleEvents',
  dimensions: { TableName: 't' },
};
const deployed: MetricId = { namespace: 'AWS/Events', name: 'TriggeredRules', dimensions: { RuleName: 'r' } };

const unreadable: MetricId = { ...polled, name: 'PollingErrorCount' };

const alarmed = [
  unreadable,
  polled,
  lag,
  errors,
  controllers,
  dropped,
  depth,
  throttled,
  deployed,
  { ...polled },
];

test('on AWS a healthy run emits all that alarms watch, once each, but what is emitted in trouble', () => {
  expect(healthyMetrics(alarmed)).toEqual([polled, lag, errors, controllers]);
});

test('in the local environment all of them are there but those of the machine that a broker is', () => {
  const cpu: MetricId = {
    namespace: 'AWS/Kafka',
    name: 'CpuUser',
    dimensions: { 'Broker ID': '1', 'Cluster Name': 'order-events-dev' },
  };

  expect(publishedLocally([...alarmed, cpu])).toEqual([polled, lag, errors, controllers]);
});

test('a metric is named with its dimensions in alphabetical order', () => {
  expect(metricText(lag)).toBe(
    'AWS/Kafka EstimatedMaxTimeLag of Consumer Group=billing-group, Topic=order-events',
  );
});
