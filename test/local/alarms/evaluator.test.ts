import { describe, expect, test } from '@jest/globals';
import type { Alarm, MetricAlarm, MetricName } from '../../../local/alarms/alarm.ts';
import { AlarmEvaluator, type EvaluatorOptions } from '../../../local/alarms/evaluator.ts';
import type { Sample } from '../../../local/alarms/statistic.ts';

const MINUTE = 60_000;
const lag: MetricName = { namespace: 'AWS/Kafka', name: 'MaxOffsetLag', dimensions: { Topic: 'orders' } };

function anAlarm(overrides: Partial<MetricAlarm> = {}): MetricAlarm {
  return {
    kind: 'metric',
    name: 'behind',
    queries: [{ kind: 'metric', id: 'lag', metric: lag, statistic: 'Maximum', periodSeconds: 60 }],
    judged: 'lag',
    periodSeconds: 60,
    comparison: 'GreaterThanThreshold',
    threshold: 5,
    datapointsToAlarm: 2,
    evaluationPeriods: 3,
    missingData: 'missing',
    ...overrides,
  };
}

/** One value at the beginning of each minute, from minute 0 on; `-` is none. */
function minutes(...values: readonly (number | '-')[]): readonly Sample[] {
  return values.flatMap((value, index) => (value === '-' ? [] : [{ at: index * MINUTE, value }]));
}

interface Watched {
  readonly alarms: readonly Alarm[];
  readonly samples: readonly Sample[];
  readonly until: number;
  readonly options?: EvaluatorOptions;
}

/** Evaluates at the end of each minute, and tells each transition with its minute. */
function transitions({ alarms, samples, until, options }: Watched): readonly string[] {
  const evaluator = new AlarmEvaluator(alarms, options);
  return Array.from({ length: until }, (_unused, index) => index + 1).flatMap((minute) =>
    evaluator
      .evaluate((_metric, from, to) => samples.filter(({ at }) => at >= from && at < to), minute * MINUTE)
      .transitions.map(({ alarm, previous, state }) => `${minute} ${alarm}: ${previous} → ${state}`),
  );
}

test('an alarm goes to ALARM with the second breaching point and back to OK when they have passed', () => {
  const seen = transitions({ alarms: [anAlarm()], samples: minutes(1, 1, 9, 9, 1, 1, 1), until: 7 });

  expect(seen).toStrictEqual([
    '1 behind: INSUFFICIENT_DATA → OK',
    '4 behind: OK → ALARM',
    '6 behind: ALARM → OK',
  ]);
});

test('a metric without data alarms once its last real points have left the evaluation range', () => {
  const alarm = anAlarm({
    threshold: 0,
    comparison: 'LessThanThreshold',
    datapointsToAlarm: 3,
    missingData: 'breaching',
  });

  const seen = [0, 2, 4].map((extraPeriods) =>
    transitions({
      alarms: [alarm],
      samples: minutes(1, 1, 1, 1, 1, 1),
      until: 15,
      options: { extraPeriods, fillsEmptySeries: true },
    }).at(-1),
  );

  expect(seen).toStrictEqual(['9 behind: OK → ALARM', '11 behind: OK → ALARM', '13 behind: OK → ALARM']);
});

test('periods of five minutes slide with the minute', () => {
  const alarm = anAlarm({
    queries: [{ kind: 'metric', id: 'lag', metric: lag, statistic: 'Sum', periodSeconds: 300 }],
    periodSeconds: 300,
    datapointsToAlarm: 1,
    evaluationPeriods: 1,
    missingData: 'notBreaching',
  });

  const seen = transitions({
    alarms: [alarm],
    samples: minutes(0, 0, 0, 3, 0, 0, 3, 0, 0, 0, 0, 0),
    until: 12,
    options: { extraPeriods: 0, fillsEmptySeries: true },
  });

  expect(seen).toStrictEqual([
    '1 behind: INSUFFICIENT_DATA → OK',
    '7 behind: OK → ALARM',
    '9 behind: ALARM → OK',
  ]);
});

test('an alarm that looks back longer than a day is evaluated at the full hour', () => {
  const alarm = anAlarm({
    queries: [{ kind: 'metric', id: 'lag', metric: lag, statistic: 'Sum', periodSeconds: 3_600 }],
    periodSeconds: 3_600,
    datapointsToAlarm: 1,
    evaluationPeriods: 25,
  });
  const samples = Array.from({ length: 125 }, (_unused, minute) => ({
    at: minute * MINUTE,
    value: minute < 61 ? 0 : 1,
  }));

  const seen = transitions({ alarms: [alarm], samples, until: 125 });

  expect(seen).toStrictEqual(['60 behind: INSUFFICIENT_DATA → OK', '120 behind: OK → ALARM']);
});

test('metric math decides over several metrics', () => {
  const committed: MetricName = { namespace: 'AWS/Lambda', name: 'CommittedEventCount', dimensions: {} };
  const alarm = anAlarm({
    queries: [
      { kind: 'metric', id: 'lag', metric: lag, statistic: 'Maximum', periodSeconds: 60 },
      { kind: 'metric', id: 'done', metric: committed, statistic: 'Sum', periodSeconds: 60 },
      { kind: 'expression', id: 'stuck', expression: 'IF(lag > 0 AND FILL(done, 0) == 0, 1, 0)' },
    ],
    judged: 'stuck',
    threshold: 0,
  });
  const evaluator = new AlarmEvaluator([alarm]);

  const { reports } = evaluator.evaluate(
    ({ name }) => (name === 'MaxOffsetLag' ? minutes(0, 4, 4, 4) : minutes(7, 7)),
    4 * MINUTE,
  );

  expect(reports).toStrictEqual([
    {
      alarm: 'behind',
      state: 'ALARM',
      since: 4 * MINUTE,
      points: [0, 0, 0, 1, 1],
      reason: '2 of the last 3 points are > 0: 0, 0, 0, 1, 1.',
    },
  ]);
});

describe('a composite alarm with a suppressor', () => {
  const page: Alarm = {
    kind: 'composite',
    name: 'page',
    rule: 'ALARM("behind")',
    suppressor: { alarm: 'deploying', waitSeconds: 60, extensionSeconds: 60 },
  };
  const deploying: MetricName = { namespace: 'OrderEvents', name: 'Deploying', dimensions: {} };
  const suppressor = anAlarm({
    name: 'deploying',
    queries: [{ kind: 'metric', id: 'm', metric: deploying, statistic: 'Maximum', periodSeconds: 60 }],
    judged: 'm',
    threshold: 0,
    datapointsToAlarm: 1,
    evaluationPeriods: 1,
    missingData: 'notBreaching',
  });

  function actions(deployments: readonly Sample[]): readonly string[] {
    const evaluator = new AlarmEvaluator([page, anAlarm(), suppressor], {
      extraPeriods: 0,
      fillsEmptySeries: true,
    });
    const samples = { Deploying: deployments, MaxOffsetLag: minutes(1, 1, 1, 9, 9, 9, 9, 9, 9, 1, 1, 1) };
    return Array.from({ length: 12 }, (_unused, index) => index + 1).flatMap((minute) =>
      evaluator
        .evaluate(
          ({ name }, from, to) =>
            (name === 'Deploying' ? samples.Deploying : samples.MaxOffsetLag).filter(
              ({ at }) => at >= from && at < to,
            ),
          minute * MINUTE,
        )
        .actions.filter(({ alarm }) => alarm === 'page')
        .map(({ state }) => `${minute} ${state}`),
    );
  }

  test('acts when the wait period is over', () => {
    const seen = actions([]);

    expect(seen).toStrictEqual(['2 OK', '6 ALARM', '12 OK']);
  });

  test('is quiet during a deployment and acts after the extension period when the alarm stays', () => {
    const seen = actions(minutes('-', '-', '-', 1, 1, 1));

    expect(seen).toStrictEqual(['2 OK', '8 ALARM', '12 OK']);
  });

  test('never acts on what began and ended during a deployment', () => {
    const seen = actions(minutes('-', '-', '-', 1, 1, 1, 1, 1, 1, 1, 1, 1));

    expect(seen).toStrictEqual(['2 OK']);
  });
});

test('a composite alarm may read another', () => {
  const composites: readonly Alarm[] = [
    { kind: 'composite', name: 'outer', rule: 'ALARM("inner")' },
    { kind: 'composite', name: 'inner', rule: 'ALARM("behind")' },
  ];

  const seen = transitions({ alarms: [...composites, anAlarm()], samples: minutes(9, 9, 9), until: 2 });

  expect(seen).toStrictEqual([
    '1 inner: INSUFFICIENT_DATA → OK',
    '1 outer: INSUFFICIENT_DATA → OK',
    '2 behind: INSUFFICIENT_DATA → ALARM',
    '2 inner: OK → ALARM',
    '2 outer: OK → ALARM',
  ]);
});

test('composite alarms that read each other in a circle are refused', () => {
  const circle: readonly Alarm[] = [
    { kind: 'composite', name: 'a', rule: 'ALARM("b")' },
    { kind: 'composite', name: 'b', rule: 'ALARM("a")' },
  ];

  expect(() => new AlarmEvaluator(circle)).toThrow(
    'Composite alarms read each other in a circle: a → b → a.',
  );
});
