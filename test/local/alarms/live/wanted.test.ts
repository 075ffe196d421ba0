import { expect, test } from '@jest/globals';
import { judgeable } from '../../../../local/alarms/live/judgeable.ts';
import { wantedBy } from '../../../../local/alarms/live/wanted.ts';
import { aComposite, aMetricAlarm } from './resources.ts';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 0, 5, 12, 7, 20);

test('each metric is read once, with the statistics of its alarms, as far back as the one needs that looks back longest and is due', () => {
  const sameMetric = { MetricName: 'lag', Dimensions: [{ Name: 'Topic', Value: 'orders' }] };
  const { alarms } = judgeable([
    aMetricAlarm('lag', { EvaluationPeriods: 3 }),
    aMetricAlarm('slow', { ...sameMetric, Statistic: 'Average', Period: 300, EvaluationPeriods: 2 }),
    // Longer than a day: it is due at full hours alone.
    aMetricAlarm('days', { ...sameMetric, Period: 3_600, EvaluationPeriods: 72 }),
    aMetricAlarm('deploying'),
    aComposite('page', 'ALARM("lag")'),
  ]);

  const wanted = wantedBy(alarms, NOW, 2).map(({ metric, from, statistics }) => [
    metric.name,
    (Date.UTC(2026, 0, 5, 12, 7) - from) / MINUTE,
    [...statistics],
  ]);

  expect(wanted).toEqual([
    ['lag', 20, ['Maximum', 'Sum', 'SampleCount']],
    ['deploying', 3, ['Maximum']],
  ]);
});
