import { describe, expect, test } from '@jest/globals';
import { dev } from '../../../lib/config/dev.ts';
import { prod } from '../../../lib/config/prod.ts';
import { readStageConfig } from '../../../lib/config/read-stage-config.ts';

const read = (context: Readonly<Record<string, unknown>>): unknown => readStageConfig((key) => context[key]);

const existing = {
  clusterArn: 'arn:aws:kafka:us-east-1:123456789012:cluster/shared/751d2973-a626-431c-9d4e-d7975eb44dd7-2',
  vpcId: 'vpc-0123456789abcdef0',
  subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef1'],
  securityGroupId: 'sg-0123456789abcdef0',
};

describe('the stage', () => {
  test.each([dev, prod])('$stage is found by its name', (config) => {
    expect(read({ stage: config.stage })).toEqual(config);
  });

  test.each([undefined, 'staging', 'toString', 7])('%p is unknown', (stage) => {
    expect(() => read({ stage })).toThrow(
      `Unknown stage ${JSON.stringify(stage)}. Known stages: dev, prod. Choose one with -c stage=dev.`,
    );
  });
});

describe('an existing cluster', () => {
  test.each([
    ['an object', existing],
    ['JSON text', JSON.stringify(existing)],
  ])('takes the place of the own one, given as %s', (_form, existingCluster) => {
    expect(read({ stage: 'dev', existingCluster })).toEqual({
      ...dev,
      cluster: { kind: 'existing', ...existing },
    });
  });

  test.each([
    [
      { clusterArn: 'shared' },
      'existingCluster.clusterArn is "shared"; it must be the ARN of an MSK cluster.',
    ],
    [
      { clusterArn: existing.clusterArn.replace('us-east-1', 'eu-west-1') },
      "it must be a cluster in the stage's us-east-1.",
    ],
    [{ vpcId: undefined }, 'existingCluster.vpcId is undefined; it must be vpc-….'],
    [
      { subnetIds: ['subnet-0123456789abcdef0'] },
      'existingCluster.subnetIds is ["subnet-0123456789abcdef0"]; it must be a list of at least two subnet-…, those of the brokers.',
    ],
    [{ subnetIds: 'subnet-1' }, 'existingCluster.subnetIds is "subnet-1"; it must be a list'],
    [{ securityGroupId: 'default' }, 'existingCluster.securityGroupId is "default"; it must be sg-….'],
  ])('is refused with %p', (change, says) => {
    expect(() => read({ stage: 'dev', existingCluster: { ...existing, ...change } })).toThrow(says);
  });

  test.each(['not JSON', '3', 7])('is refused as %p', (existingCluster) => {
    expect(() => read({ stage: 'dev', existingCluster })).toThrow(
      `existingCluster is ${JSON.stringify(existingCluster)}; it must be {"clusterArn"`,
    );
  });
});

describe('the sender of notifications', () => {
  test.each([
    [{ emailFrom: 'shop@example.org' }, { from: 'shop@example.org', identity: 'shop@example.org' }],
    [
      { emailFrom: 'shop@example.org', emailIdentity: 'example.org' },
      { from: 'shop@example.org', identity: 'example.org' },
    ],
  ])('is taken from %p', (context, email) => {
    expect(read({ stage: 'prod', ...context })).toEqual({ ...prod, email });
  });

  test.each([
    [{ emailFrom: 'shop' }, 'emailFrom is "shop"; it must be an e-mail address'],
    [{ emailIdentity: 'example.org' }, 'emailFrom is undefined; it must be an e-mail address'],
    [
      { emailFrom: 'shop@example.org', emailIdentity: 'example.com' },
      'emailIdentity is "example.com"; it must be shop@example.org or its domain, as verified in Amazon SES.',
    ],
  ])('is refused with %p', (context, says) => {
    expect(() => read({ stage: 'prod', ...context })).toThrow(says);
  });
});
