import type { MetricClock } from '../../metrics/metric-clock.ts';

/** What happens in each minute of the metrics' clock. */
export interface MinuteWork {
  /** Publishes the metrics of a minute, at its beginning. @param minute counted from 0. */
  readonly publish: (minute: number) => Promise<void>;
  /** Judges the points of the earlier minutes, when one is over. @param now at the beginning of the next one. */
  readonly judge: (now: number) => Promise<void>;
}

/**
 * Does the work of one minute after the other: it publishes, waits until the minute is over, and then judges. Failures are passed
 * to `failed`, and the next minute begins.
 *
 * @returns a function that ends the loop after the current work.
 */
export function runMinutes(
  clock: MetricClock,
  { publish, judge }: MinuteWork,
  failed: (error: unknown) => void,
): () => Promise<void> {
  const stopping = new AbortController();
  const { signal } = stopping;
  const done = run();
  return () => {
    stopping.abort();
    return done;
  };

  async function run(): Promise<void> {
    for (let minute = 0; !signal.aborted; minute += 1) {
      await publish(minute).catch(failed);
      await clock.nextMinute(signal);
      if (!signal.aborted) await judge(clock.now()).catch(failed);
    }
  }
}
