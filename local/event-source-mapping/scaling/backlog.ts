import { lagOf, totalLag, type PartitionOffsets } from '@order-events/kafka-tools';

/** Counts the waiting records. A partition without a commit counts with all its records in the log. */
export function backlog(partitions: readonly PartitionOffsets[]): number {
  const total = totalLag(partitions.map(({ committed, ...range }) => lagOf(committed, range)));
  return total.kind === 'known' ? total.lag : total.atLeast;
}
