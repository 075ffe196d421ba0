/** What brokers answer about one partition of a group. */
interface FetchedOffset {
  readonly partition: number;
  readonly offset: string;
}

/**
 * A group's committed offset by partition, without the partitions that it never committed to: for those brokers answer -1.
 * @see https://kafka.apache.org/protocol.html#The_Messages_OffsetFetch
 */
export function committedOffsets(fetched: readonly FetchedOffset[]): ReadonlyMap<number, number> {
  return new Map(
    fetched
      .map(({ partition, offset }) => [partition, Number(offset)] as const)
      .filter(([, offset]) => offset >= 0),
  );
}
