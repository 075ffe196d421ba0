import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import type { MetricAlarm } from '../../local/alarms/alarm.ts';
import { readDeployedStage, type DeployedStage } from '../../tools/alarms/deployed-stage.ts';
import { judgeSeries } from '../../tools/alarms/judge-series.ts';
import { formattedReport } from '../../tools/alarms/report/alarm-report.ts';
import { allSeries, type Series } from '../../tools/alarms/series/series.ts';
import { synthesize } from './synthesize.ts';

const stage = readDeployedStage(
  Object.entries(synthesize()).map(([stackName, { template }]) => ({ stackName, template })),
);

const judged = new Map(allSeries.map((series) => [series.id, judgeSeries(stage, series)]));

test.each(allSeries)(
  '$id, $story, pages within its bound if it is bad, and nobody if it is good',
  ({ id }) => {
    expect(judged.get(id)?.problems).toEqual([]);
  },
);

test('docs/alarms.md and its pictures show the alarms as they are, and what the replay gives', async () => {
  const files = await formattedReport(stage, [...judged.values()]);

  const stale = files.filter(({ path, text }) => !existsSync(path) || readFileSync(path, 'utf8') !== text);
  expect(stale.map(({ path }) => `${path} is not current: npm run alarms -- --write`)).toEqual([]);
});

function seriesNamed(id: string): Series {
  const found = allSeries.find((one) => one.id === id);
  if (found === undefined) throw new Error(`There is no series ${id}.`);
  return found;
}

/** The stage with another threshold for an alarm of each consumer. */
function withThreshold(name: string, change: Partial<MetricAlarm>): DeployedStage {
  return {
    ...stage,
    alarms: stage.alarms.map((alarm) =>
      alarm.kind === 'metric' && alarm.name.endsWith(`-${name}`) ? Object.assign({}, alarm, change) : alarm,
    ),
  };
}

describe('a planted fault', () => {
  test.each<[string, Partial<MetricAlarm>, string]>([
    ['no-progress', { threshold: 12 }, 'B15'],
    ['poller-dead', { threshold: 0 }, 'B12'],
    ['lag-silent', { threshold: 0 }, 'B14'],
    ['time-lag', { threshold: 20, datapointsToAlarm: 3 }, 'G2'],
    ['no-progress', { datapointsToAlarm: 1 }, 'G5'],
    ['late-orders', { threshold: 20, datapointsToAlarm: 3 }, 'G2'],
    ['intruder', { threshold: 5 }, 'B16'],
    ['dead-letters', { threshold: 10 }, 'B10'],
    ['retention-at-risk', { threshold: 90 }, 'B9'],
    ['offsets-jumped-ahead', { threshold: 100_000 }, 'B7'],
    ['errors', { datapointsToAlarm: 1 }, 'G7'],
  ])('in the alarm %s (%j) makes %s fail', (name, change, id) => {
    const { problems } = judgeSeries(withThreshold(name, change), seriesNamed(id));

    expect(problems).not.toEqual([]);
  });
});
