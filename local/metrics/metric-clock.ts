import { setTimeout as delay } from 'node:timers/promises';

/** A minute of metrics and alarms, in milliseconds of their clock. */
export const MINUTE_MS = 60_000;

/** The clock of metrics and of the alarms on them. Nothing else goes by it: records and offsets have the time of the machine. */
export interface MetricClock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves at the beginning of the next minute, or at once when the signal is aborted. */
  nextMinute(signal: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const machineClock: MetricClock = {
  now: Date.now,
  nextMinute: (signal) => {
    const next = (Math.floor(Date.now() / MINUTE_MS) + 1) * MINUTE_MS;
    return pause(() => next - Date.now(), signal);
  },
};

/**
 * A clock whose minutes are short. A minute ends when somebody waits for the next one and it has lasted long enough, so that
 * what belongs into a minute is in it on a slow machine too.
 *
 * @param minuteMs - how long a minute lasts at the least, in real milliseconds.
 */
export function shortMinutes(minuteMs: number): MetricClock {
  let begun = { minute: Math.floor(Date.now() / MINUTE_MS), at: performance.now() };
  const passed = (): number => performance.now() - begun.at;
  return {
    now: () =>
      begun.minute * MINUTE_MS + Math.min(MINUTE_MS - 1, Math.floor((passed() / minuteMs) * MINUTE_MS)),
    nextMinute: async (signal) => {
      await pause(() => minuteMs - passed(), signal);
      begun = { minute: begun.minute + 1, at: performance.now() };
    },
  };
}

/** Waits while some milliseconds are left. A timer counts from the last turn of the event loop, so it may end too early. */
async function pause(left: () => number, signal: AbortSignal): Promise<void> {
  for (let milliseconds = left(); milliseconds > 0 && !signal.aborted; milliseconds = left()) {
    // Only the signal rejects it.
    await delay(Math.ceil(milliseconds), undefined, { signal, ref: false }).catch(() => undefined);
  }
}
