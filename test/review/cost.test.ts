import { expect, test } from '@jest/globals';
import type { CostLine } from '../../review/cost/cost-line.ts';
import { fixedCost, unknownToCost } from '../../review/cost/fixed-cost.ts';
import { messageCost, orderCost } from '../../review/cost/order-cost.ts';
import { prices } from '../../review/cost/prices.ts';
import { stageOf, type Resources } from './stages.ts';

const billOf = (lines: readonly CostLine[]): Readonly<Record<string, string>> =>
  Object.fromEntries(lines.map(({ what, dollars }) => [what, dollars.toFixed(2)]));

const mapping = (group: string, pollers: unknown): Resources[string] => ({
  Type: 'AWS::Lambda::EventSourceMapping',
  Properties: {
    FunctionName: { Ref: 'Function' },
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: group },
    ProvisionedPollerConfig: pollers,
  },
});
const cluster = (properties: object): Resources[string] => ({
  Type: 'AWS::MSK::Cluster',
  Properties: {
    NumberOfBrokerNodes: 3,
    BrokerNodeGroupInfo: { InstanceType: 'kafka.m7g.large' },
    ...properties,
  },
});
const topic = { Type: 'AWS::MSK::Topic', Properties: { PartitionCount: 6 } };

test.each<{ story: string; resources: Resources; bill: Readonly<Record<string, string>> }>([
  { story: 'nothing', resources: {}, bill: {} },
  {
    story: 'brokers by the hour',
    resources: { X: cluster({}) },
    bill: { 'Brokers kafka.m7g.large': '446.76' },
  },
  {
    story: 'broker storage',
    resources: {
      X: cluster({
        BrokerNodeGroupInfo: {
          InstanceType: 'kafka.m7g.large',
          StorageInfo: { EBSStorageInfo: { VolumeSize: 100 } },
        },
      }),
    },
    bill: { 'Brokers kafka.m7g.large': '446.76', 'Broker storage': '30.00' },
  },
  {
    story: 'cluster metrics by broker',
    resources: { X: cluster({ EnhancedMonitoring: 'PER_BROKER' }), T: topic },
    bill: { 'Brokers kafka.m7g.large': '446.76', 'Cluster metrics at PER_BROKER': '27.00' },
  },
  {
    story: 'cluster metrics by topic',
    resources: { X: cluster({ EnhancedMonitoring: 'PER_TOPIC_PER_BROKER' }), T: topic },
    bill: { 'Brokers kafka.m7g.large': '446.76', 'Cluster metrics at PER_TOPIC_PER_BROKER': '34.20' },
  },
  {
    story: 'one event poller unit for mappings of one group',
    resources: {
      A: mapping('billing-group', { MinimumPollers: 2, MaximumPollers: 6, PollerGroupName: 'g' }),
      B: mapping('inventory-group', { MinimumPollers: 2, MaximumPollers: 6, PollerGroupName: 'g' }),
    },
    bill: {
      'Event pollers of 2 mappings': '135.05',
      'Metrics of event source mappings': '8.40',
      'Metrics of consumers': '6.60',
      'Metrics of the sampler': '5.10',
    },
  },
  {
    story: 'two units for eleven pollers',
    resources: { A: mapping('billing-group', { MinimumPollers: 11, MaximumPollers: 11 }) },
    bill: {
      'Event pollers of 1 mappings': '270.10',
      'Metrics of event source mappings': '4.20',
      'Metrics of consumers': '3.30',
      'Metrics of the sampler': '2.70',
    },
  },
  {
    story: 'an interface endpoint by zone, a gateway endpoint free of charge',
    resources: {
      A: {
        Type: 'AWS::EC2::VPCEndpoint',
        Properties: { VpcEndpointType: 'Interface', SubnetIds: ['a', 'b'] },
      },
      B: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcEndpointType: 'Gateway' } },
    },
    bill: { 'Interface endpoints': '14.60' },
  },
  {
    story: 'alarms by the metrics that they read',
    resources: {
      A: { Type: 'AWS::CloudWatch::Alarm', Properties: { MetricName: 'Errors' } },
      B: {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: { Metrics: [{ Expression: 'a+b' }, { MetricStat: {} }, { MetricStat: {} }] },
      },
    },
    bill: { Alarms: '0.30' },
  },
  {
    story: 'what costs a fixed sum',
    resources: {
      A: { Type: 'AWS::KMS::Key' },
      B: { Type: 'AWS::CloudWatch::Dashboard' },
      C: { Type: 'AWS::EC2::NatGateway' },
      D: { Type: 'AWS::CloudWatch::CompositeAlarm' },
    },
    bill: {
      'Encryption keys': '1.00',
      Dashboards: '3.00',
      'NAT gateways': '32.85',
      'Composite alarms': '0.50',
    },
  },
])('a month before the first order: $story', ({ resources, bill }) => {
  expect(billOf(fixedCost(stageOf(resources)))).toEqual(bill);
});

test('a million orders of one consumer', () => {
  const stage = stageOf({
    A: mapping('inventory-group', {}),
    Function: { Type: 'AWS::Lambda::Function', Properties: { MemorySize: 1024, Architectures: ['arm64'] } },
  });

  expect(
    Object.fromEntries(orderCost(stage, 1_000_000).map(({ what, dollars }) => [what, dollars.toFixed(4)])),
  ).toEqual({
    Invocations: '0.0020',
    'Compute time of inventory-group': '0.0133',
    'Table writes of inventory-group': '3.7500',
    Tables: '4.5000',
    'Point-in-time recovery': '3.6000',
    Logs: '0.0075',
  });
});

test('the messages of a million orders', () => {
  expect(billOf(messageCost(1_000_000))).toEqual({ 'E-mails': '100.00', SMS: '6000.00' });
});

test.each([
  {
    story: 'brokers without a price',
    price: () => fixedCost(stageOf({ X: cluster({ BrokerNodeGroupInfo: { InstanceType: 'kafka.big' } }) })),
    message: 'Brokers kafka.big have no price; add it, with its basis, to review/cost/prices.ts.',
  },
  {
    story: 'a consumer group without a number of writes',
    price: () => orderCost(stageOf({ X: mapping('new-group', {}) }), 1),
    message: 'Consumer group new-group has no number of table writes',
  },
])('$story cannot be calculated', ({ price, message }) => {
  expect(price).toThrow(message);
});

test('a type without a price is reported', () => {
  const stage = stageOf({ X: { Type: 'AWS::New::Thing' }, Y: { Type: 'AWS::IAM::Role' } });

  expect(unknownToCost(stage).map(({ type }) => type)).toEqual(['AWS::New::Thing']);
});

test('a broker instance type has a price under its own name', () => {
  expect(Object.keys(prices)).toEqual(expect.arrayContaining(['kafka.m7g.large', 'express.m7g.large']));
});
