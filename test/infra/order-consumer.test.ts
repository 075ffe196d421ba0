import { expect, test } from '@jest/globals';
import { Stack } from 'aws-cdk-lib/core';
import { OrderConsumer } from '../../lib/constructs/order-consumer.ts';
import type { OrderConsumerProps } from '../../lib/constructs/order-consumer.ts';
import { topology } from '../../lib/topology/topology.ts';
import { testApp } from './synthesize.ts';

test('can be created twice in one stack', () => {
  const app = testApp();
  const stack = new Stack(app, 'twice', { env: { region: 'us-east-1' } });

  const consumers = ['first', 'second'].map((id) => new OrderConsumer(stack, id, consumerProps(id)));

  expect(consumers).toHaveLength(2);
  expect(() => app.synth()).not.toThrow();
});

function consumerProps(name: string): OrderConsumerProps {
  const [spec] = topology.consumers;
  if (spec === undefined) throw new Error('The topology has no consumer.');
  return {
    spec,
    duty: { tableActions: ['dynamodb:PutItem'], hotKeys: false, environment: {}, statements: [] },
    topic: {
      clusterArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/c/u',
      topicArn: 'arn:aws:kafka:us-east-1:123456789012:topic/c/u/order-events',
      topicName: 'order-events',
    },
    deadLetterQueueName: `${name}-dlq`,
    pollers: { minimum: 1, maximum: 1, groupName: 'pollers' },
    environment: {},
    logRetentionDays: 14,
    logLevel: 'INFO',
  };
}
