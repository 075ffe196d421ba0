/** How far a consumer group is in one partition. */
export interface PartitionOffsets {
  readonly partition: number;
  /** The first offset that retention has left. */
  readonly start: number;
  /** The next offset to be written. */
  readonly end: number;
  /** The next offset that the group reads; undefined before its first commit. */
  readonly committed: number | undefined;
}
