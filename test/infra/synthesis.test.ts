import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { expect, test } from '@jest/globals';
import { dev } from '../../lib/config/dev.ts';
import { prod } from '../../lib/config/prod.ts';
import type { ExistingClusterConfig, StageConfig } from '../../lib/config/stage-config.ts';
import { recordAt } from '../../tools/judges/template-resources.ts';
import { synthesize } from './synthesize.ts';

const existing: ExistingClusterConfig = {
  kind: 'existing',
  clusterArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/shared/751d2973-a626-431c-9d4e-d7975eb44dd7-2',
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  securityGroupId: 'sg-0123456789abcdef0',
};

test.each<[string, StageConfig]>([
  ['dev', dev],
  ['prod', prod],
  ['prod on an existing cluster', { ...prod, cluster: existing }],
])('%s is synthesized without a warning', (_name, config) => {
  const stacks = synthesize(config);

  expect(Object.values(stacks).flatMap(({ messages }) => messages)).toEqual([]);
});

test('cdk.json follows what the CDK recommends, but keeps a cluster while consumers use it', () => {
  const require = createRequire(import.meta.url);
  const recommended: unknown = require('aws-cdk-lib/recommended-feature-flags.json');
  const context = recordAt(JSON.parse(readFileSync('cdk.json', 'utf8')), 'context');

  expect(context).toMatchObject({
    ...recordAt({ recommended }, 'recommended'),
    '@aws-cdk/core:defaultCrossStackReferences': 'strong',
  });
});
