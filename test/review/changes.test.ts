import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import { compareStages, type Change } from '../../review/changes/compare-stages.ts';
import { maskHashes, readReviewedTemplates } from '../../review/changes/reviewed-templates.ts';
import { updateBehaviours } from '../../review/changes/update-behaviour.ts';
import { stageOf, type Resources } from './stages.ts';

const changesOf = (before: Resources, after: Resources): readonly Partial<Change>[] =>
  compareStages(stageOf(before), stageOf(after), updateBehaviours).map(
    ({ type: _type, ...change }) => change,
  );

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

test('what hangs on a replaced resource is replaced with it, and so on', () => {
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

interface SpecifiedProperty {
  readonly causesReplacement?: 'yes' | 'no' | 'maybe';
}

/** The specification of CloudFormation's resources that the CDK toolkit uses for `cdk diff`. */
function specifiedProperties(): ReadonlyMap<string, Readonly<Record<string, SpecifiedProperty>>> {
  const toolkit = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  const file = join(dirname(toolkit), '../db.json.gz');
  const { schema } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as {
    schema: {
      resource: {
        entities: { cloudFormationType: string; properties: Record<string, SpecifiedProperty> }[];
      };
    };
  };
  return new Map(schema.resource.entities.map((entity) => [entity.cloudFormationType, entity.properties]));
}

const topLevel = (paths: readonly string[] = []): readonly string[] =>
  [...new Set(paths.map((path) => path.split('.')[0] ?? ''))].toSorted();

test("the table of update behaviours has the properties of the CDK toolkit's own", () => {
  const specified = specifiedProperties();
  const types = Object.keys(updateBehaviours).filter((type) => type.startsWith('AWS::'));
  const replacing = (type: string, causes: 'yes' | 'maybe'): readonly string[] =>
    Object.entries(specified.get(type) ?? {})
      .filter(([, property]) => property.causesReplacement === causes)
      .map(([name]) => name)
      .toSorted();

  const ours = types.map((type) => ({
    type,
    yes: topLevel(updateBehaviours[type]?.replacedBy.filter((path) => !path.includes('.'))),
    maybe: topLevel(updateBehaviours[type]?.sometimesReplacedBy),
  }));
  const theirs = types.map((type) => ({
    type,
    // Where only a part of a property replaces, our table names that part.
    yes: replacing(type, 'yes').filter(
      (name) => !updateBehaviours[type]?.replacedBy.some((path) => path.startsWith(`${name}.`)),
    ),
    maybe: replacing(type, 'maybe'),
  }));

  expect(ours).toEqual(theirs);
});

test('reviewed templates are read from the snapshot file by the name of their stack', () => {
  const file =
    'exports[`the template of shop-dev-consumers is as reviewed 1`] = `\n"{\n  "Description": "C:\\\\\\\\x"\n}"\n`;';

  expect(readReviewedTemplates(file)).toEqual([
    { stackName: 'shop-dev-consumers', template: { Description: String.raw`C:\x` } },
  ]);
});

test('a snapshot file without a template says how to write one', () => {
  expect(() => readReviewedTemplates('exports[`other 1`] = `"x"`;')).toThrow(
    'npm test -- --selectProjects infra snapshots -u',
  );
});

test('asset hashes do not count as changes', () => {
  expect(maskHashes({ S3Key: `${'0a'.repeat(32)}.zip` })).toEqual({ S3Key: '<hash>.zip' });
});
