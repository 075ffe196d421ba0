import type { MetricName } from '../../../local/alarms/alarm.ts';
import type { Sample } from '../../../local/alarms/statistic.ts';

/** Holds the values of metrics in the order of their times. */
export class MetricStore {
  readonly #samples = new Map<string, Sample[]>();

  put(metric: MetricName, at: number, value: number): void {
    const key = keyOf(metric);
    const samples = this.#samples.get(key);
    if (samples === undefined) this.#samples.set(key, [{ at, value }]);
    else samples.push({ at, value });
  }

  /** The values from `from` up to but without `to`. */
  read(metric: MetricName, from: number, to: number): readonly Sample[] {
    const samples = this.#samples.get(keyOf(metric)) ?? [];
    return samples.slice(firstFrom(samples, from), firstFrom(samples, to));
  }
}

/** The metrics of alarms are asked for again and again. */
const KEYS = new WeakMap<MetricName, string>();

function keyOf(metric: MetricName): string {
  const known = KEYS.get(metric);
  if (known !== undefined) return known;
  const { namespace, name, dimensions } = metric;
  const key = JSON.stringify([
    namespace,
    name,
    Object.entries(dimensions).toSorted(([one], [other]) => one.localeCompare(other, 'en')),
  ]);
  KEYS.set(metric, key);
  return key;
}

function firstFrom(samples: readonly Sample[], at: number): number {
  let [low, high] = [0, samples.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((samples[middle]?.at ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
