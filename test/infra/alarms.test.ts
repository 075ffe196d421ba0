import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { dev } from '../../lib/config/dev.ts';
import { at, listAt, numberAt, textAt } from '../../lib/guards/json-access.ts';
import { ofType, only, synthesize } from './synthesize.ts';

const { operations, consumers } = synthesize();
const express = synthesize({
  ...dev,
  cluster: {
    kind: 'provisioned',
    kafkaVersion: '3.9.x.kraft',
    networkCidr: '10.40.0.0/20',
    brokersPerZone: 1,
    brokers: { type: 'express', instanceType: 'express.m7g.large', storageAlarmGibibytes: 1_000 },
    monitoring: 'PER_TOPIC_PER_BROKER',
  },
});

const METRIC_ALARM = 'AWS::CloudWatch::Alarm';
const COMPOSITE = 'AWS::CloudWatch::CompositeAlarm';

const alarms = [operations, consumers, express.operations, express.consumers].flatMap((stack) =>
  [METRIC_ALARM, COMPOSITE].flatMap((type) => ofType(stack, type).map(({ properties }) => properties)),
);

function alarmNamed(name: string): unknown {
  return alarms.find((properties) => textAt(properties, 'AlarmName') === `order-events-dev-${name}`);
}

function runbookOf(alarm: unknown): string | undefined {
  return /Runbook: docs\/runbooks\/(\S+)\.md$/.exec(textAt(alarm, 'AlarmDescription') ?? '')?.[1];
}

/** Undefined comes last. */
function byName(one: string | undefined, other: string | undefined): number {
  return (one ?? '~').localeCompare(other ?? '~', 'en');
}

/** The points that decide, such as `4 of 5 × 60 s`. */
function pointsOf(alarm: unknown): string {
  const period = [alarm, ...listAt(alarm, 'Metrics').map((entry) => at(entry, 'MetricStat'))]
    .map((entry) => numberAt(entry, 'Period'))
    .find((seconds) => seconds !== undefined);
  return `${String(at(alarm, 'DatapointsToAlarm'))} of ${String(at(alarm, 'EvaluationPeriods'))} × ${period} s`;
}

describe.each(['billing', 'inventory', 'notifications'])('%s', (consumer) => {
  test.each([
    ['time-lag', '> 120', '5 of 5 × 60 s', 'ignore'],
    ['no-progress', '> 0', '4 of 5 × 60 s', 'ignore'],
    ['poller-dead', '< 1', '4 of 5 × 60 s', 'breaching'],
    ['lag-silent', '< 1', '4 of 5 × 60 s', 'breaching'],
    ['intruder', '> 0', '2 of 3 × 60 s', 'ignore'],
    ['offsets-moved-back', '> 0', '1 of 1 × 60 s', 'notBreaching'],
    [
      'offsets-jumped-ahead',
      consumer === 'notifications' ? '> 300' : '> 1500',
      '1 of 1 × 900 s',
      'notBreaching',
    ],
    ['retention-at-risk', '> 50', '2 of 3 × 60 s', 'ignore'],
    ['dead-letters', '> 0', '1 of 1 × 60 s', 'notBreaching'],
    ['dead-letters-growing', '> 0', '3 of 3 × 300 s', 'notBreaching'],
    ['dead-letters-old', '> 129600', '3 of 5 × 60 s', 'notBreaching'],
    ['records-parked', '> 10', '1 of 1 × 900 s', 'notBreaching'],
    ['records-dropped', '> 0', '1 of 1 × 60 s', 'notBreaching'],
    ['failed-deliveries', '> 0', '1 of 1 × 60 s', 'notBreaching'],
    ['polling-errors', '> 0', '3 of 5 × 60 s', 'notBreaching'],
    ['errors', '> 0', '3 of 5 × 60 s', 'notBreaching'],
    ['throttles', '> 0', '3 of 5 × 60 s', 'notBreaching'],
    ['near-timeout', consumer === 'notifications' ? '> 24000' : '> 48000', '3 of 5 × 60 s', 'notBreaching'],
    ['table-throttles', '> 0', '3 of 5 × 60 s', 'notBreaching'],
  ])('%s breaches %s in %s, with missing data %s', (name, threshold, points, missing) => {
    const alarm = alarmNamed(`${consumer}-${name}`);

    const sign = textAt(alarm, 'ComparisonOperator') === 'LessThanThreshold' ? '<' : '>';
    expect([
      `${sign} ${String(at(alarm, 'Threshold'))}`,
      pointsOf(alarm),
      at(alarm, 'TreatMissingData'),
    ]).toEqual([threshold, points, missing]);
  });
});

test.each([1, 2, 3])('each limit of the standard broker %i has an alarm', (broker) => {
  const names = ofType(operations, METRIC_ALARM).map(({ properties }) => textAt(properties, 'AlarmName'));

  expect(
    names.filter((name) => name?.includes(`-cluster-broker-${broker}-`) === true).toSorted(byName),
  ).toEqual(
    ['connections', 'cpu', 'disk', 'heap', 'under-min-isr', 'under-replicated'].map(
      (limit) => `order-events-dev-cluster-broker-${broker}-${limit}`,
    ),
  );
});

test('an express cluster has alarms on its own limits, and none on metrics that it lacks', () => {
  const metrics = ofType(express.operations, METRIC_ALARM).map(({ properties }) =>
    textAt(properties, 'MetricName'),
  );

  expect([...new Set(metrics)].toSorted(byName)).toEqual([
    'ActiveControllerCount',
    'FetchThrottleTime',
    'IAMTooManyConnections',
    'ProduceThrottleTime',
    'StorageUsed',
    undefined,
  ]);
});

test('one composite alarm pages for all that stands still, a minute after deployments', () => {
  const page = alarmNamed('orders-stand-still');
  const rule = JSON.stringify(at(page, 'AlarmRule'));

  const parts = ofType(consumers, METRIC_ALARM).filter(({ logicalId }) => rule.includes(logicalId));
  expect(parts.map(({ properties }) => textAt(properties, 'AlarmName')).toSorted(byName)).toEqual([
    ...['billing', 'inventory', 'notifications'].flatMap((consumer) =>
      ['lag-silent', 'no-progress', 'poller-dead', 'time-lag'].map(
        (part) => `order-events-dev-${consumer}-${part}`,
      ),
    ),
    'order-events-dev-sampler-silent',
  ]);
  expect(page).toMatchObject({ ActionsSuppressorWaitPeriod: 60, ActionsSuppressorExtensionPeriod: 60 });
});

test('an alarm acts when somebody is needed and when that is over; a part of a page does not act', () => {
  const wrong = alarms.filter((alarm) => {
    const isPart = textAt(alarm, 'AlarmDescription')?.startsWith('Part of a page:') === true;
    const acts = ['AlarmActions', 'OKActions'].map((state) => listAt(alarm, state).length > 0);
    return acts.some((does) => does === isPart) || listAt(alarm, 'InsufficientDataActions').length > 0;
  });

  expect(wrong).toEqual([]);
});

describe('runbooks', () => {
  const files = readdirSync('docs/runbooks').map((file) => file.replace(/\.md$/, ''));

  test('each alarm names one that exists, and each is named by an alarm', () => {
    const named = [...new Set(alarms.map(runbookOf))];

    expect(named.toSorted(byName)).toEqual(files.toSorted(byName));
  });

  test.each(files)(
    '%s says what it means, how to look, what decides, how to mend and when it is over',
    (file) => {
      const text = readFileSync(`docs/runbooks/${file}.md`, 'utf8');

      const headings = [...text.matchAll(/^## (.*)$/gm)].map(([, heading]) => heading);
      expect(headings).toEqual([
        'What it means',
        'How to look',
        'What decides',
        'How to fix it',
        'It is over when',
      ]);
      expect(text).toMatch(/`orders [a-z]/);
    },
  );

  test.each(files)('%s names its alarms as they are', (file) => {
    const text = readFileSync(`docs/runbooks/${file}.md`, 'utf8');
    const own = alarms.filter((alarm) => runbookOf(alarm) === file);

    const missing = own.filter((alarm) => {
      const name = (textAt(alarm, 'AlarmName') ?? '').replace(/broker-\d+/, 'broker-<id>');
      return !name.split('-').some((_part, index, parts) => text.includes(parts.slice(index).join('-')));
    });
    expect(missing).toEqual([]);
  });
});

test('each consumer has a dashboard of its own beside the one of the service', () => {
  const names = ofType(consumers, 'AWS::CloudWatch::Dashboard').map(({ properties }) =>
    textAt(properties, 'DashboardName'),
  );

  expect(names.toSorted(byName)).toEqual([
    'order-events-dev',
    'order-events-dev-billing',
    'order-events-dev-inventory',
    'order-events-dev-notifications',
  ]);
});

test('a consumer is watched from its own stack, so that no export holds a mapping, function or queue in place', () => {
  const watched = ofType(consumers, METRIC_ALARM).map(({ properties }) => [
    at(properties, 'Dimensions'),
    at(properties, 'Metrics'),
  ]);

  expect(JSON.stringify(watched)).not.toContain('Fn::ImportValue');
  expect(JSON.stringify(operations.template)).not.toContain('order-events-dev-consumers');
});

test('the sampler looks at groups and records from inside the network, and commits nothing', () => {
  const policy = only(consumers, 'AWS::IAM::ManagedPolicy', '/Sampler/').properties;

  const kafka = listAt(policy, 'PolicyDocument', 'Statement')
    .flatMap((statement) => [at(statement, 'Action')].flat())
    .filter((action) => String(action).startsWith('kafka'));
  expect([...new Set(kafka.map(String))].toSorted(byName)).toEqual([
    'kafka-cluster:Connect',
    'kafka-cluster:DescribeGroup',
    'kafka-cluster:DescribeTopic',
    'kafka-cluster:ReadData',
    'kafka:GetBootstrapBrokers',
  ]);
  expect(only(consumers, 'AWS::Events::Rule', '/Sampler/').properties).toMatchObject({
    ScheduleExpression: 'rate(1 minute)',
  });
});
