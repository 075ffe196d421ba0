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
  const ages = settled.flatMap(({ received, outcome }) =>
    outcome.kind === 'processed' ? [Math.max(0, nowMs - received.record.timestamp)] : [],
  );
  const late = ages.filter((age) => age > objectiveMs).length;
  return {
    inTime: ages.length - late,
    late,
    ...(ages.length === 0 ? {} : { oldestMs: Math.max(...ages) }),
  };
}
