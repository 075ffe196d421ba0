import { describe, expect, test } from '@jest/globals';
import { at, listAt, numberAt, textAt } from '../../lib/guards/json-access.ts';
import type { StageConfig } from '../../lib/config/stage-config.ts';
import { topology } from '../../lib/topology/topology.ts';
import { variants } from '../../tools/judges/variants.ts';
import { ofType, only, synthesize } from './synthesize.ts';

test('the variants are both stages, with 1, 2 and 20 brokers in a zone, of both types, and on existing clusters', () => {
  expect(variants.map(({ name }) => name)).toEqual([
    ...['dev', 'prod'].flatMap((stage) =>
      ['standard', 'express'].flatMap((type) =>
        ['1-per-zone', '2-per-zone', '20-per-zone', 'existing'].map(
          (cluster) => `${stage}-${type}-${cluster}`,
        ),
      ),
    ),
    'dev-existing-topic',
    'prod-existing-topic',
  ]);
});

describe.each(variants)('$name', ({ config }) => {
  const stacks = synthesize(config);
  const all = Object.values(stacks);
  const { cluster } = config;

  test('is synthesized without a warning', () => {
    expect(all.flatMap(({ messages }) => messages)).toEqual([]);
  });

  test('keeps nothing of a creation that fails, but tables that cannot be deleted', () => {
    const kept = all
      .flatMap(({ resources }) => resources)
      .filter(({ deletionPolicy }) => deletionPolicy === 'Retain');

    expect(kept.map(({ type, properties }) => [type, at(properties, 'DeletionProtectionEnabled')])).toEqual(
      // One for each consumer, and the one that holds attempts and the journal of redrives.
      Array.from({ length: 4 }, () => ['AWS::DynamoDB::Table', true]),
    );
  });

  test('has alarms for each broker of its own, and none that reads more than ten metrics', () => {
    const alarms = all.flatMap((stack) => ofType(stack, 'AWS::CloudWatch::Alarm'));
    const watched = alarms.flatMap(
      ({ properties }) => /-cluster-broker-(\d+)-cpu$/.exec(textAt(properties, 'AlarmName') ?? '')?.[1] ?? [],
    );
    const brokers = ofType(stacks.streaming, 'AWS::MSK::Cluster').map(
      ({ properties }) => numberAt(properties, 'NumberOfBrokerNodes') ?? 0,
    )[0];

    expect(watched.map(Number)).toEqual(Array.from({ length: brokers ?? 0 }, (_unused, index) => index + 1));
    expect(alarms.filter(({ properties }) => listAt(properties, 'Metrics').length > 10)).toEqual([]);
  });

  test('stays below what CloudFormation takes in a template', () => {
    expect(all.filter(({ resources }) => resources.length > 500)).toEqual([]);
    expect(all.filter(({ template }) => JSON.stringify(template).length > 1024 * 1024)).toEqual([]);
  });

  test('reads one topic, in groups with the prefix of its stage', () => {
    const prefix = cluster.kind === 'existing' ? cluster.prefix : '';
    const topic = cluster.kind === 'existing' ? cluster.topic : undefined;
    const mappings = ofType(stacks.consumers, 'AWS::Lambda::EventSourceMapping').map(({ properties }) => [
      listAt(properties, 'Topics'),
      at(properties, 'AmazonManagedKafkaEventSourceConfig', 'ConsumerGroupId'),
    ]);

    expect(mappings).toEqual(
      topology.consumers.map(({ consumerGroupId }) => [
        [topic ?? topology.topic.name],
        `${prefix}${consumerGroupId}`,
      ]),
    );
    expect(ofType(stacks.streaming, 'AWS::MSK::Topic')).toHaveLength(topic === undefined ? 1 : 0);
  });
});

/** Whose the prefix of a variant is on its cluster: the stage, and the name that only one stack may export. */
function prefixOf(name: string): readonly unknown[] {
  const output = at(synthesize(configOf(name)).streaming.template, 'Outputs', 'PrefixOnCluster');
  return [at(output, 'Value'), at(output, 'Export', 'Name')];
}

function configOf(name: string): StageConfig {
  const variant = variants.find((each) => each.name === name);
  if (variant === undefined) throw new Error(`There is no variant ${name}.`);
  return variant.config;
}

test('on an existing cluster a stage exports a name that only one stage of a prefix can have', () => {
  const names = [
    'dev-standard-existing',
    'prod-standard-existing',
    'prod-existing-topic',
    'dev-standard-1-per-zone',
  ];

  const prefixes = names.map(prefixOf);

  const cluster = '751d2973-a626-431c-9d4e-d7975eb44dd7-2';
  expect(prefixes).toEqual([
    ['dev', `order-events:${cluster}:`],
    ['prod', `order-events:${cluster}:`],
    ['prod', `order-events:${cluster}:shared:dot:`],
    [undefined, undefined],
  ]);
});

test('an existing topic is read and written by its own ARN', () => {
  const { consumers, operations } = synthesize(configOf('dev-existing-topic'));
  const topicArn =
    'arn:aws:kafka:us-east-1:123456789012:topic/shared/751d2973-a626-431c-9d4e-d7975eb44dd7-2/orders';

  for (const policy of [
    only(consumers, 'AWS::IAM::ManagedPolicy', '/Billing/'),
    only(operations, 'AWS::IAM::ManagedPolicy', '/Producer/'),
  ]) {
    expect(JSON.stringify(policy.properties)).toContain(`"Resource":"${topicArn}"`);
  }
});
