import { expect, test } from '@jest/globals';
import { compareStages, type Change } from '../../review/changes/compare-stages.ts';
import { maskHashes } from '../../review/stage/mask-hashes.ts';
import { updateBehaviour } from '../../review/changes/update-behaviour.ts';
import { stageOf, type Resources } from './stages.ts';

const changesOf = (before: Resources, after: Resources): readonly Partial<Change>[] =>
  compareStages(stageOf(before), stageOf(after), updateBehaviour).map(({ type: _type, ...change }) => change);

const keep = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const queue = (properties: unknown, policies = {}): Resources => ({
  X: { Type: 'AWS::SQS::Queue', Properties: properties, ...policies },
});
const gone = ['it is no longer in the template'];

test.each<{ story: string; before: Resources; after: Resources; changes: readonly Partial<Change>[] }>([
  { story: 'no change', before: queue({ DelaySeconds: 1 }), after: queue({ DelaySeconds: 1 }), changes: [] },
  {
    story: 'a new resource',
    before: {},
    after: queue({}),
    changes: [{ resource: 'shop/X', kind: 'added', because: [], data: 'holds none' }],
  },
  {
    story: 'a change in place',
    before: queue({ DelaySeconds: 1 }),
    after: queue({ DelaySeconds: 2 }),
    changes: [{ resource: 'shop/X', kind: 'updated', because: ['DelaySeconds'], data: 'stays' }],
  },
  {
    story: 'a new name for a queue that nobody keeps',
    before: queue({ QueueName: 'a' }),
    after: queue({ QueueName: 'b' }),
    changes: [{ resource: 'shop/X', kind: 'replaced', because: ['QueueName'], data: 'is lost' }],
  },
  {
    story: 'a new name for a queue that is kept',
    before: queue({ QueueName: 'a' }, keep),
    after: queue({ QueueName: 'b' }, keep),
    changes: [
      { resource: 'shop/X', kind: 'replaced', because: ['QueueName'], data: 'stays outside the stack' },
    ],
  },
  {
    story: 'a new name for a queue that is kept no longer',
    before: queue({ QueueName: 'a' }, keep),
    after: queue({ QueueName: 'b' }),
    changes: [{ resource: 'shop/X', kind: 'replaced', because: ['QueueName'], data: 'is lost' }],
  },
  {
    story: 'a new name for a queue that is kept only from now on',
    before: queue({ QueueName: 'a' }),
    after: queue({ QueueName: 'b' }, keep),
    changes: [{ resource: 'shop/X', kind: 'replaced', because: ['QueueName'], data: 'is lost' }],
  },
  {
    story: 'a queue that is kept no longer',
    before: queue({}, keep),
    after: queue({}),
    changes: [
      {
        resource: 'shop/X',
        kind: 'no longer kept',
        because: ['DeletionPolicy or UpdateReplacePolicy is Delete now'],
        data: 'stays',
      },
    ],
  },
  {
    story: 'a replacement under the same name',
    before: queue({ QueueName: 'a', FifoQueue: false }),
    after: queue({ QueueName: 'a', FifoQueue: true }),
    changes: [
      {
        resource: 'shop/X',
        kind: 'replaced',
        because: ['FifoQueue'],
        data: 'is lost',
        obstacle: 'the new one cannot be created while the old one has the name a',
      },
    ],
  },
  {
    story: 'a nested property',
    before: {
      X: { Type: 'AWS::MSK::Cluster', Properties: { BrokerNodeGroupInfo: { ClientSubnets: ['a'] } } },
    },
    after: {
      X: { Type: 'AWS::MSK::Cluster', Properties: { BrokerNodeGroupInfo: { ClientSubnets: ['b'] } } },
    },
    changes: [
      {
        resource: 'shop/X',
        kind: 'replaced',
        because: ['BrokerNodeGroupInfo.ClientSubnets'],
        data: 'is lost',
      },
    ],
  },
  {
    story: 'a removed queue that nobody keeps',
    before: queue({}),
    after: {},
    changes: [{ resource: 'shop/X', kind: 'removed', because: gone, data: 'is lost' }],
  },
  {
    story: 'a removed queue that is kept',
    before: queue({}, keep),
    after: {},
    changes: [{ resource: 'shop/X', kind: 'removed', because: gone, data: 'stays outside the stack' }],
  },
  {
    story: 'another type under the same id',
    before: queue({}),
    after: { X: { Type: 'AWS::SNS::Topic' } },
    changes: [
      { resource: 'shop/X', kind: 'removed', because: gone, data: 'is lost' },
      { resource: 'shop/X', kind: 'added', because: [], data: 'holds none' },
    ],
  },
  {
    story: 'a change that sometimes replaces',
    before: { X: { Type: 'AWS::EC2::VPC', Properties: { InstanceTenancy: 'default' } } },
    after: { X: { Type: 'AWS::EC2::VPC', Properties: { InstanceTenancy: 'dedicated' } } },
    changes: [
      { resource: 'shop/X', kind: 'perhaps replaced', because: ['InstanceTenancy'], data: 'holds none' },
    ],
  },
  {
    story: 'a change of a type that nobody has judged',
    before: { X: { Type: 'AWS::New::Thing', Properties: { A: 1 } } },
    after: { X: { Type: 'AWS::New::Thing', Properties: { A: 2 } } },
    changes: [{ resource: 'shop/X', kind: 'not known', because: ['A'], data: 'is lost if replaced' }],
  },
])('$story', ({ before, after, changes }) => {
  expect(changesOf(before, after)).toEqual(changes);
});

const network = (cidr: string): Resources => ({
  Net: { Type: 'AWS::EC2::VPC', Properties: { CidrBlock: cidr } },
  Subnet: { Type: 'AWS::EC2::Subnet', Properties: { VpcId: { Ref: 'Net' }, CidrBlock: '10.0.0.0/24' } },
  Cluster: {
    Type: 'AWS::MSK::Cluster',
    Properties: { BrokerNodeGroupInfo: { ClientSubnets: [{ Ref: 'Subnet' }] } },
    ...keep,
  },
});

test('resources that depend on a replaced resource are replaced with it, and so on', () => {
  expect(changesOf(network('10.0.0.0/16'), network('10.0.0.0/20'))).toEqual([
    { resource: 'shop/Net', kind: 'replaced', because: ['CidrBlock'], data: 'holds none' },
    {
      resource: 'shop/Subnet',
      kind: 'replaced',
      because: ['VpcId: shop/Net is replaced'],
      data: 'holds none',
    },
    {
      resource: 'shop/Cluster',
      kind: 'replaced',
      because: ['BrokerNodeGroupInfo.ClientSubnets: shop/Subnet is replaced'],
      data: 'stays outside the stack',
    },
  ]);
});

test.each([
  {
    story: 'by a property of the type',
    type: 'AWS::SQS::Queue',
    behaviour: { replacedBy: ['FifoQueue', 'QueueName'], nameProperty: 'QueueName', holdsData: true },
  },
  {
    story: 'by a part of a property',
    type: 'AWS::MSK::Cluster',
    behaviour: {
      replacedBy: [
        'BrokerNodeGroupInfo.BrokerAZDistribution',
        'BrokerNodeGroupInfo.ClientSubnets',
        'BrokerNodeGroupInfo.SecurityGroups',
        'ClusterName',
        'EncryptionInfo.EncryptionAtRest',
        'EncryptionInfo.EncryptionInTransit.InCluster',
      ],
      nameProperty: 'ClusterName',
      holdsData: true,
    },
  },
  {
    story: 'by the group of a mapping, and not by all of its Kafka settings',
    type: 'AWS::Lambda::EventSourceMapping',
    behaviour: {
      replacedBy: [
        'AmazonManagedKafkaEventSourceConfig.ConsumerGroupId',
        'EventSourceArn',
        'SelfManagedEventSource',
        'SelfManagedKafkaEventSourceConfig.ConsumerGroupId',
        'StartingPosition',
        'StartingPositionTimestamp',
      ],
    },
  },
  {
    story: 'in some cases',
    type: 'AWS::EC2::VPC',
    behaviour: {
      replacedBy: ['CidrBlock', 'Ipv4IpamPoolId', 'Ipv4NetmaskLength', 'VpcEncryptionControl'],
      sometimesReplacedBy: ['InstanceTenancy'],
    },
  },
  { story: 'by nothing', type: 'AWS::KMS::Key', behaviour: { replacedBy: [], holdsData: true } },
  {
    story: 'as our own table says',
    type: 'Custom::VpcRestrictDefaultSG',
    behaviour: { replacedBy: ['ServiceToken'] },
  },
  { story: 'in a way that nobody knows', type: 'AWS::New::Thing', behaviour: undefined },
])('a resource of $type is replaced $story', ({ type, behaviour }) => {
  expect(updateBehaviour(type)).toEqual(behaviour);
});

test('asset hashes do not count as changes', () => {
  expect(maskHashes({ S3Key: `${'0a'.repeat(32)}.zip` })).toEqual({ S3Key: '<hash>.zip' });
});
