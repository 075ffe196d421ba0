import type { MetricAlarm } from '../../../local/alarms/alarm.ts';
import { readPoints } from '../../../local/alarms/read-points.ts';
import type { DeployedStage } from '../deployed-stage.ts';
import { possibleOptions, replay, type Replayed } from '../replay.ts';
import { allSeries } from '../series/series.ts';

/** A series with the alarms whose points are drawn. */
export interface Picture {
  readonly series: string;
  /** Last parts of the names of the alarms, with what their points are. */
  readonly panels: readonly { readonly alarm: string; readonly axis: string }[];
  readonly caption: string;
}

export const pictures: readonly Picture[] = [
  {
    series: 'G2',
    panels: [
      { alarm: 'time-lag', axis: 'behind (s)' },
      { alarm: 'no-progress', axis: 'stalled partitions' },
    ],
    caption:
      'G2: ten times the usual for a minute. The lag passes its threshold for a while, and nobody is paged.',
  },
  {
    series: 'B2',
    panels: [
      { alarm: 'no-progress', axis: 'stalled partitions' },
      { alarm: 'time-lag', axis: 'behind (s)' },
    ],
    caption: 'B2: one of twelve partitions is stuck. Its lack of progress pages before its lag does.',
  },
  {
    series: 'B5',
    panels: [
      { alarm: 'lag-silent', axis: 'lag reports' },
      { alarm: 'time-lag', axis: 'behind (s)' },
    ],
    caption: 'B5: a rebalance storm. MSK stops publishing the lag, and the missing metric itself pages.',
  },
];

/** One minute of an alarm's series, or an event, as it is drawn. */
export interface DrawnPoint {
  /** From the beginning of the first bad minute. */
  readonly minute: number;
  readonly value: number;
}

export interface DrawnPanel {
  /** The alarm's name. */
  readonly title: string;
  readonly axis: string;
  readonly threshold: number;
  readonly points: readonly DrawnPoint[];
  /** When it went to ALARM; absent when it never did. */
  readonly alarmAt?: number;
}

export interface DrawnPicture {
  readonly panels: readonly DrawnPanel[];
  readonly from: number;
  readonly to: number;
  /** When somebody was paged first; absent when nobody was. */
  readonly pagedAt?: number;
}

const MINUTE_MS = 60_000;
const MINUTES_BEFORE = 10;
const MINUTES_SHOWN = 20;

/** Replays a picture's series for as long as it shows, and takes the points that its alarms judge. */
export function drawnPicture(stage: DeployedStage, { series: id, panels }: Picture): DrawnPicture {
  const series = allSeries.find((one) => one.id === id);
  const [options] = possibleOptions;
  if (series === undefined || options === undefined) throw new Error(`There is no series ${id}.`);
  const replayed = replay(stage, { ...series, minutes: MINUTES_SHOWN }, options);
  const pages = [...replayed.pages.values()];
  return {
    from: -MINUTES_BEFORE,
    to: MINUTES_SHOWN,
    panels: panels.map(({ alarm, axis }) => drawnPanel(alarmNamed(stage, alarm), axis, replayed)),
    ...(pages.length === 0 ? {} : { pagedAt: Math.min(...pages) }),
  };
}

function drawnPanel(alarm: MetricAlarm, axis: string, { store, beginsAt, alarms }: Replayed): DrawnPanel {
  const points = readPoints(alarm, (...asked) => store.read(...asked), {
    end: beginsAt + MINUTES_SHOWN * MINUTE_MS,
    periods: MINUTES_BEFORE + MINUTES_SHOWN,
    fillsEmptySeries: true,
  });
  const alarmAt = alarms.get(alarm.name);
  return {
    title: alarm.name,
    axis,
    threshold: alarm.threshold,
    points: points.flatMap((value, index) =>
      value === undefined ? [] : [{ minute: index + 1 - MINUTES_BEFORE, value }],
    ),
    ...(alarmAt === undefined ? {} : { alarmAt }),
  };
}

/** The alarm of the consumer that a series befalls. */
function alarmNamed({ alarms }: DeployedStage, name: string): MetricAlarm {
  const alarm = alarms.find((one) => one.name.endsWith(`-${name}`));
  if (alarm?.kind !== 'metric')
    throw new Error(`No alarm of the templates judges points and ends in ${name}.`);
  return alarm;
}
