import type { AlarmState, Comparison, MissingData } from './alarm.ts';

/** A point of an alarm's series; undefined where the period has no data. */
export type Point = number | undefined;

export interface JudgedSettings {
  readonly comparison: Comparison;
  readonly threshold: number;
  readonly datapointsToAlarm: number;
  readonly evaluationPeriods: number;
  readonly missingData: MissingData;
}

/** `retain` keeps the state that the alarm has. */
export type Judgement = AlarmState | 'retain';

/**
 * Judges the points of an evaluation range, which may be longer than N. With N or more real points the newest N decide and
 * the treatment of missing data is unused; with fewer it fills in, as rarely as possible.
 *
 * @param points - Oldest first.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarms-and-missing-data.html
 */
export function judgePoints(points: readonly Point[], settings: JudgedSettings): Judgement {
  const real = points.filter((point) => point !== undefined).slice(-settings.evaluationPeriods);
  const breaching = real.filter((point) => isBreaching(point, settings)).length;
  if (breaching >= settings.datapointsToAlarm) return 'ALARM';
  if (real.length === settings.evaluationPeriods) return 'OK';
  return judgeTooFew(points, { settings, breaching, fine: real.length - breaching });
}

export function isBreaching(
  point: number,
  { comparison, threshold }: Pick<JudgedSettings, 'comparison' | 'threshold'>,
): boolean {
  switch (comparison) {
    case 'GreaterThanThreshold':
      return point > threshold;
    case 'GreaterThanOrEqualToThreshold':
      return point >= threshold;
    case 'LessThanThreshold':
      return point < threshold;
    case 'LessThanOrEqualToThreshold':
      return point <= threshold;
  }
}

interface TooFew {
  readonly settings: JudgedSettings;
  readonly breaching: number;
  readonly fine: number;
}

function judgeTooFew(points: readonly Point[], { settings, breaching, fine }: TooFew): Judgement {
  const { datapointsToAlarm, evaluationPeriods, missingData } = settings;
  switch (missingData) {
    case 'notBreaching':
      return 'OK';
    case 'breaching':
      return evaluationPeriods - fine >= datapointsToAlarm ? 'ALARM' : 'OK';
    case 'ignore':
      return fine > 0 ? 'OK' : 'retain';
    case 'missing':
      if (fine > 0) return 'OK';
      return breaching > 0 && ageOfOldest(points) >= datapointsToAlarm ? 'ALARM' : 'INSUFFICIENT_DATA';
  }
}

/**
 * The age in periods of the oldest real point; the newest period has age 1. A lone breaching point alarms when it is M periods
 * old and nothing fine came after it, which keeps the newest point from alarming before its neighbours have arrived.
 */
function ageOfOldest(points: readonly Point[]): number {
  return points.length - points.findIndex((point) => point !== undefined);
}
