import * as z from 'zod/mini';
import type { DriveReport } from '../engine/ports.ts';
import type { Lease } from '../memory/operations-memory.ts';

/** The number of records of a run by fate. */
export const runCounts = z.object({
  applied: z.int(),
  leftOut: z.int(),
  failed: z.int(),
  heldBack: z.int(),
});

/** The common part of the answers of a redrive and a replay. */
export const runAnswer = {
  /** `busy`: another run is at work on this consumer. `more`: call again with `goOn`. */
  end: z.enum(['done', 'stopped', 'busy', 'more']),
  /** For people: why it is not done. */
  why: z.optional(z.string()),
  counts: runCounts,
  /** How many records by fate and reason, in this call. */
  reasons: z.record(z.string(), z.int()),
  /** The first records that failed or were held back. */
  told: z.array(
    z.object({
      id: z.string(),
      orderId: z.optional(z.string()),
      outcome: z.enum(['failed', 'heldBack']),
      reason: z.string(),
    }),
  ),
};

const ENDS = { exhausted: 'done', interrupted: 'more', stopped: 'stopped' } as const;

/** Returns the end of a run in the form of its answer. */
export function endOfRun({ end, why }: Pick<DriveReport, 'end' | 'why'>): {
  readonly end: (typeof ENDS)[DriveReport['end']];
  readonly why?: string;
} {
  return { end: ENDS[end], ...(why === undefined ? {} : { why }) };
}

/** Says whose run is in the way. @param what - what it may be, such as `redrive`. */
export function atWork(what: string, consumer: string, { by, sinceMs }: Lease): string {
  return `A ${what} of ${consumer} by ${by} is at work since ${new Date(sinceMs).toISOString()}.`;
}
