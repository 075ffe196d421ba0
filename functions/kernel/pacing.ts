import { backoffMs } from './backoff.ts';
import type { Deadline } from './deadline.ts';

/** Time and chance, as the outside gives them. */
export interface Pacing {
  readonly pause: (ms: number) => Promise<void>;
  /** In [0, 1). */
  readonly random: () => number;
}

/** The condition for starting another try. */
export interface TryLimits {
  readonly deadline: Deadline;
  /** Milliseconds that must remain of the invocation when a try starts. */
  readonly reserveMs: number;
}

/** Waits before the next try, after `tries` of them; false, at once, when too little time would be left for it. */
export async function pauseWithin(
  { deadline, reserveMs }: TryLimits,
  pacing: Pacing,
  tries: number,
): Promise<boolean> {
  const ms = backoffMs(tries, pacing.random());
  if (deadline.remainingMs() < ms + reserveMs) return false;
  await pacing.pause(ms);
  return true;
}
