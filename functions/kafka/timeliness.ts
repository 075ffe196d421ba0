import type { SettledRecord } from './batch-response.ts';

/** The ages of records at the time of their effects. */
export interface Timeliness {
  /** Records whose effect landed within the objective. */
  readonly inTime: number;
  readonly late: number;
  /** The largest age, in milliseconds; absent when no effect landed. */
  readonly oldestMs?: number;
}

/**
 * Tells how old the records of a batch were when their effect landed, by the end of the batch. Duplicates landed before, and what
 * is parked or fails has not landed. A producer's clock that is ahead makes no record younger than new.
 *
 * @param objectiveMs - Age up to which an effect is in time.
 */
export function timelinessOf(
  settled: readonly SettledRecord[],
  { nowMs, objectiveMs }: { readonly nowMs: number; readonly objectiveMs: number },
): Timeliness {
  let inTime = 0;
  let late = 0;
  let oldestMs = 0;
  for (const { received, outcome } of settled) {
    if (outcome.kind !== 'processed') continue;
    const ageMs = nowMs - received.record.timestamp;
    if (ageMs > objectiveMs) late += 1;
    else inTime += 1;
    oldestMs = Math.max(oldestMs, ageMs);
  }
  return inTime + late === 0 ? { inTime, late } : { inTime, late, oldestMs };
}
