/** One partition of the topic as a group has it. */
export interface PartitionReading {
  readonly partition: number;
  /** The first offset that retention has left. */
  readonly start: number;
  /** The next offset to be written. */
  readonly end: number;
  /** The next offset that the group reads; undefined before its first commit. */
  readonly committed: number | undefined;
}

/** A group at one moment. Partitions without an answer of the brokers are left out. */
export interface GroupReading {
  readonly groupId: string;
  readonly partitions: readonly PartitionReading[];
  /** Whether every partition of the topic could be read. */
  readonly complete: boolean;
}

/** The next record that the group has to read in a partition. */
export function nextOffset({ committed, start }: PartitionReading): number {
  return Math.max(committed ?? start, start);
}

/** Whether records wait in a partition. */
export function waits(partition: PartitionReading): boolean {
  return nextOffset(partition) < partition.end;
}
