import { expect, test } from '@jest/globals';
import { readAlarms } from '../../../local/alarms/read-alarms.ts';

const plain = {
  AlarmName: 'behind',
  Namespace: 'AWS/Kafka',
  MetricName: 'MaxOffsetLag',
  Dimensions: [{ Name: 'Topic', Value: 'orders' }],
  Statistic: 'Maximum',
  Period: 60,
  Threshold: 5,
  ComparisonOperator: 'GreaterThanThreshold',
  EvaluationPeriods: 3,
};

const metric = (Id: string, overrides: object = {}): object => ({
  Id,
  ReturnData: false,
  MetricStat: { Metric: { Namespace: 'AWS/Kafka', MetricName: Id }, Period: 60, Stat: 'Maximum' },
  ...overrides,
});

function alarm(properties: object): Parameters<typeof readAlarms>[0] {
  return [{ logicalId: 'Behind', type: 'AWS::CloudWatch::Alarm', properties }];
}

test('an alarm on one metric is read with M = N and missing data treated as missing', () => {
  const alarms = readAlarms(alarm(plain));

  expect(alarms).toStrictEqual([
    {
      kind: 'metric',
      name: 'behind',
      queries: [
        {
          kind: 'metric',
          id: 'metric',
          metric: { namespace: 'AWS/Kafka', name: 'MaxOffsetLag', dimensions: { Topic: 'orders' } },
          statistic: 'Maximum',
          periodSeconds: 60,
        },
      ],
      judged: 'metric',
      periodSeconds: 60,
      comparison: 'GreaterThanThreshold',
      threshold: 5,
      evaluationPeriods: 3,
      datapointsToAlarm: 3,
      missingData: 'missing',
    },
  ]);
});

test('an alarm on metric math judges the entry that returns data', () => {
  const [read] = readAlarms(
    alarm({
      ...plain,
      MetricName: undefined,
      TreatMissingData: 'breaching',
      DatapointsToAlarm: 2,
      Metrics: [{ Id: 'total', Expression: 'user + system' }, metric('user'), metric('system')],
    }),
  );

  expect(read).toMatchObject({ judged: 'total', datapointsToAlarm: 2, missingData: 'breaching' });
});

test('alarms on DynamoDB ignore missing data, whatever they say', () => {
  const [read] = readAlarms(alarm({ ...plain, Namespace: 'AWS/DynamoDB', TreatMissingData: 'breaching' }));

  expect(read).toMatchObject({ missingData: 'ignore' });
});

test('a composite alarm is read with its suppressor by name', () => {
  const alarms = readAlarms([
    {
      logicalId: 'Page',
      type: 'AWS::CloudWatch::CompositeAlarm',
      properties: {
        AlarmName: 'page',
        AlarmRule: 'ALARM("behind")',
        ActionsSuppressor: 'arn:aws:cloudwatch:us-east-1:111122223333:alarm:deploying',
        ActionsSuppressorWaitPeriod: 60,
        ActionsSuppressorExtensionPeriod: 90,
      },
    },
  ]);

  expect(alarms).toStrictEqual([
    {
      kind: 'composite',
      name: 'page',
      rule: 'ALARM("behind")',
      suppressor: { alarm: 'deploying', waitSeconds: 60, extensionSeconds: 90 },
    },
  ]);
});

test('other resources are no alarms', () => {
  const alarms = readAlarms([{ logicalId: 'Queue', type: 'AWS::SQS::Queue', properties: {} }]);

  expect(alarms).toStrictEqual([]);
});

test.each<[string, object, string]>([
  ['without a name', { ...plain, AlarmName: undefined }, 'AlarmName nothing; a text is expected'],
  [
    'with a reference',
    { ...plain, AlarmName: { Ref: 'X' } },
    'AlarmName {"Ref":"X"}; a text without references is expected',
  ],
  [
    'with an unknown comparison',
    { ...plain, ComparisonOperator: 'Same' },
    'ComparisonOperator "Same"; one of Greater',
  ],
  [
    'with a threshold that is no number',
    { ...plain, Threshold: 'high' },
    'Threshold "high"; a number is expected',
  ],
  [
    'with periods of seconds',
    { ...plain, Period: 10 },
    'Period 10; one period of whole minutes for all metrics is expected',
  ],
  [
    'that returns the data of two',
    { ...plain, Metrics: [metric('a', { ReturnData: true }), metric('b', { ReturnData: true })] },
    'exactly one entry that returns data is expected',
  ],
])('an alarm %s is refused by its logical id', (_, properties, message) => {
  expect(() => readAlarms(alarm(properties))).toThrow(message);
  expect(() => readAlarms(alarm(properties))).toThrow('The alarm Behind has ');
});
