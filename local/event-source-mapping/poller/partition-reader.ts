/** Fetching from the partitions of one assignment. */
export interface PartitionReader {
  /** Hears of a new assignment before anything is fetched under it. */
  assigned(partitions: readonly number[]): void;
  pause(partition: number): void;
  resume(partition: number): void;
  /** The next fetch of the partition begins at this offset. */
  seek(partition: number, offset: number): void;
  /** Nothing is read any more. */
  stop(): void;
}
