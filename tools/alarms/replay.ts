import { AlarmEvaluator, type EvaluatorOptions } from '../../local/alarms/evaluator.ts';
import type { DeployedStage } from './deployed-stage.ts';
import type { Series } from './series/series.ts';
import { healthy, type Conditions } from './world/conditions.ts';
import { ConsumerWorld } from './world/consumer-world.ts';
import { MetricStore } from './world/metric-store.ts';

const MINUTE_MS = 60_000;
/** At a full hour, so that hourly evaluations come at known minutes. */
const BEGIN = Date.UTC(2026, 0, 5);
/** Minutes of history before a series begins; the alarms are evaluated in the second half. */
const HISTORY_MINUTES = 40;

/** What the alarms did during a series. Minutes count from the beginning of its first minute. */
export interface Replayed {
  /** The first time each alarm went to ALARM, by name. */
  readonly alarms: ReadonlyMap<string, number>;
  /** The first time each alarm that wakes somebody acted, by name. */
  readonly pages: ReadonlyMap<string, number>;
  /** When it began to be bad. */
  readonly badFrom: number;
  readonly store: MetricStore;
  /** Epoch milliseconds of the beginning of the first minute. */
  readonly beginsAt: number;
}

/**
 * What AWS's documents leave open: how many periods beyond N are read, and whether FILL fills a series without a point. The series
 * must come out right whatever it is.
 */
export const possibleOptions: readonly EvaluatorOptions[] = [
  { extraPeriods: 0, fillsEmptySeries: true },
  { extraPeriods: 2, fillsEmptySeries: true },
  { extraPeriods: 2, fillsEmptySeries: false },
  { extraPeriods: 4, fillsEmptySeries: false },
];

/** Plays a series through the alarms of a stage, with the first consumer as the one that it befalls. */
export function replay(stage: DeployedStage, series: Series, options: EvaluatorOptions): Replayed {
  const store = new MetricStore();
  const worlds = stage.consumers.map((names) => new ConsumerWorld(stage, names, store));
  const [befallen, ...others] = worlds;
  if (befallen === undefined) throw new Error('The templates have no consumer.');
  const evaluator = new AlarmEvaluator(stage.alarms, options);
  const alarms = new Map<string, number>();
  const pages = new Map<string, number>();
  const threshold = thresholdOf(stage, 'time-lag');
  const beginsAt = BEGIN + HISTORY_MINUTES * MINUTE_MS;
  let badFrom: number | undefined =
    series.must.kind === 'page' && series.must.badFromAge !== undefined ? undefined : 0;

  for (let minute = -HISTORY_MINUTES; minute < series.minutes; minute += 1) {
    const end = beginsAt + (minute + 1) * MINUTE_MS;
    const conditions = conditionsOf(series, minute);
    if (minute >= 0) series.byHand?.(befallen, minute, end);
    befallen.pass(conditions, end);
    for (const other of others) other.pass(conditionsOfOthers(series, minute, conditions), end);
    publishSurroundings(stage, store, end - 1_000);
    // A consumer that was never started has been deployed just now, with its alarms.
    if (minute < (series.history === 'never started' ? 0 : -HISTORY_MINUTES / 2)) continue;
    const { transitions, actions } = evaluator.evaluate((...asked) => store.read(...asked), end);
    if (minute < 0) continue;
    const age = Math.max(
      0,
      ...befallen.partitions.map(({ oldestAt }) => (oldestAt === undefined ? 0 : end - oldestAt)),
    );
    if (age / 1_000 > threshold) badFrom ??= minute;
    for (const { alarm, state } of transitions) if (state === 'ALARM') noteFirst(alarms, alarm, minute + 1);
    for (const { alarm, state } of actions) {
      if (state === 'ALARM' && wakes(stage, alarm)) noteFirst(pages, alarm, minute + 1);
    }
  }
  return { alarms, pages, badFrom: badFrom ?? series.minutes, store, beginsAt };
}

function conditionsOf({ during, everywhere, history }: Series, minute: number): Conditions {
  if (minute >= 0) return { ...healthy, ...everywhere?.(minute), ...during(minute) };
  if (history === 'never started') return { ...healthy, polls: false, groupState: 'Empty' };
  return history === 'idle' && minute > -HISTORY_MINUTES ? { ...healthy, arrivals: 0 } : healthy;
}

/** All groups read the same topic. */
function conditionsOfOthers({ everywhere }: Series, minute: number, { arrivals }: Conditions): Conditions {
  return { ...healthy, ...(minute >= 0 ? everywhere?.(minute) : {}), arrivals };
}

function publishSurroundings(
  { clusterName, namespace }: DeployedStage,
  store: MetricStore,
  at: number,
): void {
  store.put(
    { namespace: 'AWS/Kafka', name: 'ActiveControllerCount', dimensions: { 'Cluster Name': clusterName } },
    at,
    1,
  );
  store.put({ namespace, name: 'SamplesTaken', dimensions: { service: 'sampler' } }, at, 1);
}

/** The urgency is the first word of an alarm's description. */
function wakes({ descriptions }: DeployedStage, alarm: string): boolean {
  return descriptions.get(alarm)?.startsWith('Page:') === true;
}

function thresholdOf({ alarms }: DeployedStage, name: string): number {
  const alarm = alarms.find((one) => one.name.endsWith(`-${name}`));
  return alarm?.kind === 'metric' ? alarm.threshold : Number.POSITIVE_INFINITY;
}

function noteFirst(times: Map<string, number>, alarm: string, minute: number): void {
  if (!times.has(alarm)) times.set(alarm, minute);
}
