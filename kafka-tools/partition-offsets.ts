/** The offsets of a consumer group in one partition. */
export interface PartitionOffsets {
  readonly partition: number;
  /** The first offset that retention has kept. */
  readonly start: number;
  /** The next offset to write. */
  readonly end: number;
  /** The next offset that the group reads; undefined before its first commit. */
  readonly committed: number | undefined;
}
