import type { Effects } from './read-effects.ts';

/**
 * Returns whether tables or dead-letter queues contain data of earlier orders. An AWS endpoint that runs already
 * keeps it, while the topic of those orders went with the broker that they were on.
 */
export function holdsEarlierData({
  invoices,
  reservations,
  status,
}: Pick<Effects, 'invoices' | 'reservations'> & {
  readonly status: Pick<Effects['status'], 'deadLetterQueues'>;
}): boolean {
  const parked = Object.values(status.deadLetterQueues).reduce((sum, depth) => sum + depth, 0);
  return invoices.length + reservations.length + parked > 0;
}
