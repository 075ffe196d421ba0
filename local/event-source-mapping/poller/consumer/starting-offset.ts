import type { StartingPosition } from '../../configuration/event-source-mapping-spec.ts';

/** The broker's offsets of one partition and a group. */
export interface PartitionPositions {
  /** The first offset that retention has kept. */
  readonly logStart: number;
  /** The next offset to write. */
  readonly logEnd: number;
  /** The first record at or after the starting time, or the log end; the log start without a starting time. */
  readonly atTime: number;
  /** The group's committed offset, or null without a commit. */
  readonly position: number | null;
}

/** The starting offset of a partition. */
export interface PartitionStart {
  readonly offset: number;
  /** The lost position, whose record retention has deleted, if any. */
  readonly lostFrom: number | null;
}

/** The settings for starting offsets. */
export interface StartPolicy {
  readonly startingPosition: StartingPosition;
  /** The position at which a partition continues when its own is outside of the log. */
  readonly outOfRangeReset: 'logStart' | 'startingPosition';
}

/**
 * Finds the starting offset of a partition. A group's own position overrides the starting position. When retention
 * has deleted that position, or a recreated topic does not reach it, reading continues at the log start (or, by
 * option, at the starting position).
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
