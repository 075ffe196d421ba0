import type { MetricClock } from '../../metrics/metric-clock.ts';

/** What happens in each minute of the metrics' clock. */
export interface MinuteWork {
  /** Publishes what is to be known of a minute, at its beginning. @param minute counted from 0. */
  readonly publish: (minute: number) => Promise<void>;
  /** Judges what the minutes before have given, when one is over. @param now at the beginning of the next one. */
  readonly judge: (now: number) => Promise<void>;
}

/**
 * Does the work of one minute after the other: it publishes, waits until the minute is over, and then judges. A failure is told,
 * and the next minute begins all the same.
 *
 * @returns what ends it, when the work is done that goes on.
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
