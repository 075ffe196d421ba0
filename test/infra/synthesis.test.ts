import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { dev } from '../../lib/config/dev.ts';
import { prod } from '../../lib/config/prod.ts';
import type { ExistingClusterConfig, StageConfig } from '../../lib/config/stage-config.ts';
import { at } from '../../lib/guards/json-access.ts';
import { createOrderEvents } from '../../lib/stacks/order-events.ts';
import { warnOfExamples } from '../../lib/stacks/warn-of-examples.ts';
import { topology } from '../../lib/topology/topology.ts';
import { recordAt } from '../../tools/judges/template-resources.ts';
import { ofType, synthesize, testApp } from './synthesize.ts';

const existing: ExistingClusterConfig = {
  kind: 'existing',
  clusterArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/shared/751d2973-a626-431c-9d4e-d7975eb44dd7-2',
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1', 'subnet-0123456789abcdef2'],
  securityGroupId: 'sg-0123456789abcdef0',
  brokerType: 'standard',
  prefix: '',
  topic: undefined,
  replicationFactor: undefined,
};

test.each<[string, StageConfig]>([
  ['dev', dev],
  ['prod', prod],
  ['prod on an existing cluster', { ...prod, cluster: existing }],
])('%s is synthesized without a warning', (_name, config) => {
  const stacks = synthesize(config);

  expect(Object.values(stacks).flatMap(({ messages }) => messages)).toEqual([]);
});

test('dev is deployed with its examples, each named in a warning', () => {
  const app = testApp();
  const { operations } = createOrderEvents(app, dev, topology);
  warnOfExamples(operations, dev);

  const messages = app.synth().getStackByName(operations.stackName).messages;

  expect(
    messages.map(({ level, entry: { data } }) => [
      level,
      typeof data === 'string' ? data.split(':')[0] : data,
    ]),
  ).toEqual([
    ['warning', 'account is not named'],
    ['warning', 'email.from is orders@example.com'],
    ['warning', 'email.identity is example.com'],
    ['warning', 'alarms.subscribers is empty'],
  ]);
});

test('prod stops at synthesis while it has examples, and names them', () => {
  const { status, stderr } = spawnSync(process.execPath, ['bin/app.ts'], {
    encoding: 'utf8',
    env: { ...process.env, CDK_CONTEXT_JSON: JSON.stringify({ stage: 'prod' }) },
  });

  expect(status).toBe(1);
  expect(stderr).toContain(
    'The stage prod still has examples in lib/config/prod.ts:\naccount is 111122223333',
  );
});

test('a stage that names its account is confined to it, looks nothing up, and keeps its zones', () => {
  const stacks = synthesize({ ...prod, account: '210987654321' });
  const zones = ofType(stacks.streaming, 'AWS::EC2::Subnet').map(({ properties }) =>
    at(properties, 'AvailabilityZoneId'),
  );

  expect(Object.values(stacks).map(({ environment }) => environment)).toEqual(
    Array.from({ length: 3 }, () => 'aws://210987654321/us-east-1'),
  );
  expect(zones).toEqual(prod.zones);
  expect(Object.values(stacks).flatMap(({ messages }) => messages)).toEqual([]);
});

test('zones are named by letter where the stage does so', () => {
  const { streaming } = synthesize({ ...dev, zones: ['us-east-1a', 'us-east-1b', 'us-east-1c'] });

  expect(
    ofType(streaming, 'AWS::EC2::Subnet').map(({ properties }) => [
      at(properties, 'AvailabilityZone'),
      at(properties, 'AvailabilityZoneId'),
    ]),
  ).toEqual(['us-east-1a', 'us-east-1b', 'us-east-1c'].map((zone) => [zone, undefined]));
});

test.each([
  { config: dev, isProtected: [false, false, false] },
  { config: prod, isProtected: [true, true, false] },
])(
  '$config.stage protects the stacks that hold data from deletion: $isProtected',
  ({ config, isProtected }) => {
    const { streaming, consumers, operations } = synthesize(config);

    expect(
      [streaming, consumers, operations].map(({ terminationProtection }) => terminationProtection),
    ).toEqual(isProtected);
  },
);

test('cdk.json follows what the CDK recommends, but keeps a cluster while consumers use it', () => {
  const require = createRequire(import.meta.url);
  const recommended: unknown = require('aws-cdk-lib/recommended-feature-flags.json');
  const context = recordAt(JSON.parse(readFileSync('cdk.json', 'utf8')), 'context');

  expect(context).toMatchObject({
    ...recordAt({ recommended }, 'recommended'),
    '@aws-cdk/core:defaultCrossStackReferences': 'strong',
  });
});
