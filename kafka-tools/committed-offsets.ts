/** A broker's answer about one partition of a group. */
interface FetchedOffset {
  readonly partition: number;
  readonly offset: string;
}

/**
 * Returns a group's committed offsets by partition. Partitions without a commit, for which brokers answer -1, are
 * left out.
 * @see https://kafka.apache.org/protocol.html#The_Messages_OffsetFetch
 */
export function committedOffsets(fetched: readonly FetchedOffset[]): ReadonlyMap<number, number> {
  return new Map(
    fetched
      .map(({ partition, offset }) => [partition, Number(offset)] as const)
      .filter(([, offset]) => offset >= 0),
  );
}
