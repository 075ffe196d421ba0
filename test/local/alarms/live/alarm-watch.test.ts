import { expect, test } from '@jest/globals';
import { createAlarmWatch, type SetState } from '../../../../local/alarms/live/alarm-watch.ts';
import { aComposite, aMetricAlarm, TOPIC } from './resources.ts';

const MINUTE = 60_000;

/** A watch on `lag` and on `page`, which `deploying` keeps quiet; a value of `lag` in each minute from 0 on. */
function watching(lags: readonly number[]) {
  const set: SetState[] = [];
  const published: string[] = [];
  let answers = true;
  const watch = createAlarmWatch(
    [aMetricAlarm('lag'), aMetricAlarm('deploying'), aComposite('page', 'ALARM("lag")')],
    {
      region: 'us-east-1',
      read: () =>
        Promise.resolve((metric, from, to) =>
          lags
            .map((value, minute) => ({ at: minute * MINUTE, value }))
            .filter(({ at }) => metric.name === 'lag' && at >= from && at < to),
        ),
      setState: (state) => {
        if (!answers) return Promise.reject(new Error('no answer'));
        set.push(state);
        return Promise.resolve();
      },
      publish: (topic, { subject }) => {
        published.push(`${topic} ${subject}`);
        return Promise.resolve();
      },
    },
  );
  const changes = (): string[] => set.splice(0).map(({ alarm, state }) => `${alarm} ${state}`);
  return {
    watch,
    set,
    changes,
    published,
    answer: (does: boolean) => {
      answers = does;
    },
  };
}

test('the states of all alarms are set at first, and after that those that changed, with the points that decided', async () => {
  const { watch, set, changes } = watching([0, 0, 9]);

  await watch.evaluate(1 * MINUTE);
  const first = changes();
  await watch.evaluate(2 * MINUTE);
  const second = changes();
  await watch.evaluate(3 * MINUTE);

  expect([first, second, set]).toEqual([
    ['lag OK', 'deploying OK', 'page OK'],
    [],
    [
      {
        alarm: 'lag',
        state: 'ALARM',
        reason: '1 of the last 1 points are > 5: 0, 0, 9.',
        data: JSON.stringify({
          version: '1.0',
          queryDate: '1970-01-01T00:03:00.000Z',
          recentDatapoints: [0, 0, 9],
        }),
      },
      { alarm: 'page', state: 'ALARM', reason: 'In ALARM: lag.', data: undefined },
    ],
  ]);
});

test('a state that the endpoint did not take is set the next time', async () => {
  const { watch, changes, answer } = watching([0, 9, 9]);
  await watch.evaluate(1 * MINUTE);
  changes();

  answer(false);
  const failed = watch.evaluate(2 * MINUTE);
  await expect(failed).rejects.toThrow('no answer');
  answer(true);
  await watch.evaluate(3 * MINUTE);

  expect(changes()).toEqual(['lag ALARM', 'page ALARM']);
});

test('topics of an alarm with a suppressor are told when its wait is over, and no others', async () => {
  const { watch, published } = watching([0, 9, 9, 9, 0, 0]);
  const seen: string[][] = [];

  for (let minute = 1; minute <= 7; minute += 1) {
    await watch.evaluate(minute * MINUTE);
    seen.push(published.splice(0));
  }

  expect(seen).toEqual([
    [],
    [],
    [`${TOPIC} ALARM: "page" in us-east-1`],
    [],
    [],
    [`${TOPIC} OK: "page" in us-east-1`],
    [],
  ]);
});
