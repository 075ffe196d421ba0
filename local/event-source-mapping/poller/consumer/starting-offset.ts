import type { StartingPosition } from '../../configuration/event-source-mapping-spec.ts';

/** What the broker says of one partition and a group. */
export interface PartitionPositions {
  /** The first offset that retention has left. */
  readonly logStart: number;
  /** The next offset to be written. */
  readonly logEnd: number;
  /** The first record at or after the starting time, or the log end; the log start without a starting time. */
  readonly atTime: number;
  /** Where the group would go on, or null without a commit. */
  readonly position: number | null;
}

/** Where a partition begins. */
export interface PartitionStart {
  readonly offset: number;
  /** The position whose record retention has deleted, where there is one. */
  readonly lostFrom: number | null;
}

/** What decides where partitions begin. */
export interface StartPolicy {
  readonly startingPosition: StartingPosition;
  /** Where a partition goes on whose position is outside of the log. */
  readonly outOfRangeReset: 'logStart' | 'startingPosition';
}

/**
 * Where a partition begins. A group's own position wins over the starting position; one that retention has passed, or
 * that a topic made anew does not reach, goes on at the log start (or by option at the starting position).
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-consumer-group-id.html
 */
export function startingOffset(
  positions: PartitionPositions,
  { startingPosition, outOfRangeReset }: StartPolicy,
): PartitionStart {
  const { position, logStart, logEnd } = positions;
  const atPosition = offsetOf(positions, startingPosition);
  if (position === null) return { offset: atPosition, lostFrom: null };
  if (position >= logStart && position <= logEnd) return { offset: position, lostFrom: null };
  return {
    offset: outOfRangeReset === 'logStart' ? logStart : atPosition,
    lostFrom: position < logStart ? position : null,
  };
}

function offsetOf({ logStart, logEnd, atTime }: PartitionPositions, { kind }: StartingPosition): number {
  switch (kind) {
    case 'TRIM_HORIZON':
      return logStart;
    case 'LATEST':
      return logEnd;
    case 'AT_TIMESTAMP':
      return atTime;
  }
}
