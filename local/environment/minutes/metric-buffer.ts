import type { Metric, TimedMetric } from '../../metrics/metric.ts';

/** Holds values that come at any time, such as those that functions log, until they are stored together. */
export class MetricBuffer {
  readonly #now: () => number;
  #metrics: TimedMetric[] = [];

  /** @param now - epoch milliseconds of the metrics' clock. */
  constructor(now: () => number) {
    this.#now = now;
  }

  add(metrics: readonly Metric[]): void {
    const at = this.#now();
    this.#metrics.push(...metrics.map((metric) => ({ ...metric, at })));
  }

  /** Takes out what it holds. */
  take(): readonly TimedMetric[] {
    const taken = this.#metrics;
    this.#metrics = [];
    return taken;
  }
}
