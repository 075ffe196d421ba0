import { lagOf, totalLag, type PartitionOffsets } from '@order-events/kafka-tools';

/** The records that wait, of partitions without a commit too: all that the log still holds of them. */
export function backlog(partitions: readonly PartitionOffsets[]): number {
  const total = totalLag(partitions.map(({ committed, ...range }) => lagOf(committed, range)));
  return total.kind === 'known' ? total.lag : total.atLeast;
}
