import * as z from 'zod/mini';

/** The selection of a queue's records; absent fields select all. */
export const selection = z.strictObject({
  /** Codes of failures, or Lambda's words for a condition. */
  reasons: z.optional(z.array(z.string()).check(z.minLength(1))),
  orders: z.optional(z.array(z.string()).check(z.minLength(1))),
  partitions: z.optional(z.array(z.int().check(z.nonnegative())).check(z.minLength(1))),
  /** Milliseconds since a record was first seen in the queue. */
  olderThanMs: z.optional(z.number().check(z.nonnegative())),
  youngerThanMs: z.optional(z.number().check(z.nonnegative())),
  /** So many records at most, by partition and offset. */
  first: z.optional(z.int().check(z.minimum(1))),
});

export type Selection = z.infer<typeof selection>;

export interface SelectableRecord {
  readonly partition: number;
  /** Of each message that names it. */
  readonly reasons: readonly string[];
  /** What its value or key says. */
  readonly orderId: string | undefined;
  /** Milliseconds since it was first seen. */
  readonly ageMs: number;
}

/** Whether a record is meant. */
export function isSelected(
  { reasons, orders, partitions, olderThanMs, youngerThanMs }: Selection,
  record: SelectableRecord,
): boolean {
  const { orderId, ageMs } = record;
  return (
    (reasons === undefined || record.reasons.some((reason) => reasons.includes(reason))) &&
    (orders === undefined || (orderId !== undefined && orders.includes(orderId))) &&
    (partitions === undefined || partitions.includes(record.partition)) &&
    (olderThanMs === undefined || ageMs >= olderThanMs) &&
    (youngerThanMs === undefined || ageMs < youngerThanMs)
  );
}
