import { describe, expect, test } from '@jest/globals';
import { dev } from '../../../lib/config/dev.ts';
import { prod } from '../../../lib/config/prod.ts';
import { readStageConfig } from '../../../lib/config/read-stage-config.ts';
import type { StageConfig } from '../../../lib/config/stage-config.ts';

const read = (context: Readonly<Record<string, unknown>>): StageConfig =>
  readStageConfig((key) => ({ purpose: 'review', ...context })[key]);

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
      cluster: {
        kind: 'existing',
        ...existing,
        brokerType: 'standard',
        prefix: '',
        topic: undefined,
        replicationFactor: undefined,
      },
    });
  });

  test.each([
    { prefix: 'dev-' },
    { replicationFactor: 2 },
    { brokerType: 'express' },
    { prefix: 'dev.', topic: 'orders' },
  ])('may be given %p besides', (fields) => {
    expect(read({ stage: 'dev', existingCluster: { ...existing, ...fields } }).cluster).toMatchObject(fields);
  });

  test.each([
    [
      { clusterArn: 'shared' },
      'existingCluster.clusterArn is "shared"; it must be the ARN of an MSK cluster.',
    ],
    [
      { clusterArn: existing.clusterArn.replace(/-2$/, '-s2') },
      'it must be a provisioned cluster: MSK Serverless has no API for topics, which this app creates its topic by.',
    ],
    [
      { clusterArn: existing.clusterArn.replace('us-east-1', 'eu-west-1') },
      "it must be a cluster in the stage's us-east-1.",
    ],
    [{ vpcId: undefined }, 'existingCluster.vpcId is undefined; it must be vpc-….'],
    [
      { subnetIds: ['subnet-0123456789abcdef0'] },
      'existingCluster.subnetIds is ["subnet-0123456789abcdef0"]; it must be a list of two or three different subnet-…, those of the brokers.',
    ],
    [{ subnetIds: 'subnet-1' }, 'existingCluster.subnetIds is "subnet-1"; it must be a list'],
    [
      { subnetIds: ['subnet-0123456789abcdef0', 'subnet-0123456789abcdef0'] },
      'it must be a list of two or three different subnet-…',
    ],
    [{ securityGroupId: 'default' }, 'existingCluster.securityGroupId is "default"; it must be sg-….'],
    [{ prefix: '' }, 'existingCluster.prefix is ""; it must be 1 to 50 letters, digits or any of . _ -'],
    [
      { prefix: 'x', topic: 'a b' },
      'existingCluster.topic is "a b"; it must be the name of an existing topic',
    ],
    [{ brokerType: 'kafka' }, 'existingCluster.brokerType is "kafka"; it must be "standard" or "express".'],
    [
      { replicationFactor: '3' },
      'existingCluster.replicationFactor is "3"; it must be a whole number, or left out.',
    ],
    [
      { prefix: 'x', topic: 'orders', replicationFactor: 3 },
      'existingCluster.replicationFactor is 3; it must be left out, since the topic is there already.',
    ],
    [
      { topic: 'orders' },
      'existingCluster.prefix is undefined; it must be given beside topic: another stage on that topic would share',
    ],
    [{ prefixes: 'dev-' }, 'existingCluster has no field prefixes; it has clusterArn, vpcId, subnetIds,'],
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

describe('the values in which a stage differs from its example', () => {
  const own = {
    account: '210987654321',
    emailFrom: 'orders@shop.at',
    emailIdentity: 'shop.at',
    alarmSubscribers: 'on-call@shop.at, boss@shop.at',
  };

  test('is taken from the context, without a purpose', () => {
    expect(read({ stage: 'prod', purpose: undefined, ...own })).toEqual({
      ...prod,
      account: '210987654321',
      email: { from: 'orders@shop.at', identity: 'shop.at' },
      alarms: { ...prod.alarms, subscribers: ['on-call@shop.at', 'boss@shop.at'] },
    });
  });

  test.each([
    [['account'], 'account is 111122223333: name the 12 digits of the stage'],
    [['emailFrom', 'emailIdentity'], 'email.from is orders@example.com: name a sender that is verified'],
    [['emailFrom', 'emailIdentity'], 'email.identity is example.com: name the verified identity'],
    [['alarmSubscribers'], 'alarms.subscribers is empty: name who gets the alarms'],
  ])('must not be missing in prod: %p', (fields, says) => {
    const missing = Object.fromEntries(fields.map((field) => [field, undefined]));

    expect(() => read({ stage: 'prod', purpose: undefined, ...own, ...missing })).toThrow(says);
  });

  test('names all fields of prod at once, and how to look at its templates', () => {
    expect(() => read({ stage: 'prod', purpose: undefined })).toThrow(
      /in lib\/config\/prod\.ts:\naccount .*\nemail\.from .*\nemail\.identity .*\nalarms\.subscribers .*\n.*-c purpose=review\.$/,
    );
  });

  test('may stand in dev, which warns', () => {
    expect(read({ stage: 'dev', purpose: undefined })).toEqual(dev);
  });

  test.each([
    [
      { purpose: 'deploy' },
      'purpose is "deploy"; it must be "review" (-c purpose=review), or left out to deploy.',
    ],
    [{ account: 42 }, 'account is 42; it must be the 12 digits of an AWS account, in quotes.'],
    [{ alarmSubscribers: 'nobody' }, 'alarmSubscribers is "nobody"; it must be e-mail addresses'],
    [{ alarmSubscribers: '' }, 'alarmSubscribers is ""; it must be e-mail addresses'],
  ])('is refused with %p', (context, says) => {
    expect(() => read({ stage: 'prod', ...own, ...context })).toThrow(says);
  });
});
