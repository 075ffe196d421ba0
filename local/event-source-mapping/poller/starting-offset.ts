import type { StartingPosition } from '../event-source-mapping-spec.ts';

/** What the broker says of one partition and a group. */
export interface PartitionPositions {
  /** The first offset that retention has left. */
  readonly logStart: number;
  /** The next offset to be written. */
  readonly logEnd: number;
  /** The first record at or after the starting time, or the log end; the log start without a starting time. */
  readonly atTime: number;
  /** As the broker tells it: negative without a commit. */
  readonly committed: number;
}

/** Where a partition begins whose committed offset cannot be used. */
export interface PartitionStart {
  readonly offset: number;
  /** The committed offset whose record retention has deleted, where there is one. */
  readonly lostFrom: number | null;
}

/**
 * What the Kafka client here commits for a partition whose position was out of range, so that it begins at the log
 * start: Kafka's own word for the earliest offset. Brokers tell -1 for a partition without a commit.
 */
const RESET_TO_LOG_START = -2;

/**
 * Where a partition begins; `undefined` when its committed offset says it. Committed offsets win over the starting
 * position, and one that retention has passed goes on at the log start (or by option at the starting position).
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-consumer-group-id.html
 */
export function startingOffset(
  positions: PartitionPositions,
  startingPosition: StartingPosition,
  outOfRangeReset: 'logStart' | 'startingPosition',
): PartitionStart | undefined {
  const { committed, logStart } = positions;
  if (committed >= logStart) return undefined;
  const atPosition = offsetOf(positions, startingPosition);
  if (committed < 0 && committed !== RESET_TO_LOG_START) return { offset: atPosition, lostFrom: null };
  return {
    offset: outOfRangeReset === 'logStart' ? logStart : atPosition,
    lostFrom: committed < 0 ? null : committed,
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
