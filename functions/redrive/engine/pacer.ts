import type { DrivePorts } from './ports.ts';

/** How often a second records are handed over under a limit: small steps keep a rate even, and each has to hold three invocations. */
const STEPS_PER_SECOND = 2;

export interface Pacer {
  /** The most records of one step. */
  readonly most: (records: number) => number;
  /** Waits until so many more records are within the limit. */
  readonly admit: (records: number) => Promise<void>;
}

/** Keeps records within a number a second. The allowance begins empty and does not add up while nothing is handed over. */
export function pacer(
  perSecond: number | undefined,
  { nowMs, pause }: Pick<DrivePorts, 'nowMs' | 'pause'>,
): Pacer {
  if (perSecond === undefined) return { most: (records) => records, admit: () => Promise.resolve() };
  let freeAt = nowMs();
  return {
    most: (records) => Math.min(records, Math.max(1, Math.floor(perSecond / STEPS_PER_SECOND))),
    admit: async (records) => {
      const takesMs = (records / perSecond) * 1_000;
      freeAt = Math.max(freeAt, nowMs() - takesMs) + takesMs;
      for (let left = freeAt - nowMs(); left > 0; left = freeAt - nowMs()) await pause(left);
    },
  };
}
