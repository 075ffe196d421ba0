import { ListOffsetTimestamps, type Consumer } from '@platformatic/kafka';
import { startingOffset, type PartitionStart, type StartPolicy } from './starting-offset.ts';

/** The requests to the brokers about a topic and a group. */
export type OffsetSource = Pick<
  Consumer,
  'listOffsets' | 'listOffsetsWithTimestamps' | 'listCommittedOffsets'
>;

export interface StartQuestion extends StartPolicy {
  readonly topic: string;
  readonly partitions: readonly number[];
  /** Positions that are already known, by partition. All others are the group's committed offsets. */
  readonly known: ReadonlyMap<number, number>;
}

/** Finds the starting offset of each partition. @throws {Error} when the brokers do not answer. */
export async function findStartingOffsets(
  source: OffsetSource,
  question: StartQuestion,
): Promise<ReadonlyMap<number, PartitionStart>> {
  const { topic, partitions, known } = question;
  // Read before the log ends. These can only grow, so no commit seems to be beyond them.
  const committed = await committedOffsets(source, question);
  const [logStarts, logEnds] = await Promise.all([
    offsetsAt(source, question, ListOffsetTimestamps.EARLIEST),
    offsetsAt(source, question, ListOffsetTimestamps.LATEST),
  ]);
  const atTimes = await offsetsAtStartingTime(source, question);
  const starts = partitions.map((partition): [number, PartitionStart] => {
    const logStart = logStarts.get(partition);
    const logEnd = logEnds.get(partition);
    if (logStart === undefined || logEnd === undefined) {
      throw new Error(`The brokers returned no offsets for ${topic}-${partition}.`);
    }
    const atTime =
      question.startingPosition.kind === 'AT_TIMESTAMP' ? (atTimes.get(partition) ?? logEnd) : logStart;
    const position = known.get(partition) ?? committed.get(partition) ?? null;
    return [partition, startingOffset({ logStart, logEnd, atTime, position }, question)];
  });
  return new Map(starts);
}

async function committedOffsets(
  source: OffsetSource,
  { topic, partitions }: StartQuestion,
): Promise<ReadonlyMap<number, number>> {
  const answer = await source.listCommittedOffsets({ topics: [{ topic, partitions: [...partitions] }] });
  return offsetsByPartition(answer.get(topic) ?? []);
}

async function offsetsAt(
  source: OffsetSource,
  { topic, partitions }: StartQuestion,
  timestamp: bigint,
): Promise<ReadonlyMap<number, number>> {
  const answer = await source.listOffsets({
    topics: [topic],
    partitions: { [topic]: [...partitions] },
    timestamp,
  });
  return offsetsByPartition(answer.get(topic) ?? []);
}

/** Finds the first record at or after the starting time. A partition without one is missing. */
async function offsetsAtStartingTime(
  source: OffsetSource,
  { topic, partitions, startingPosition }: StartQuestion,
): Promise<ReadonlyMap<number, number>> {
  if (startingPosition.kind !== 'AT_TIMESTAMP') return new Map();
  const answer = await source.listOffsetsWithTimestamps({
    topics: [topic],
    partitions: { [topic]: [...partitions] },
    timestamp: BigInt(startingPosition.timestampMs),
  });
  const offsets = [...(answer.get(topic) ?? [])].map(
    ([partition, { offset }]) => [partition, offset] as const,
  );
  return withoutNone(offsets);
}

/** Reads an answer. Answers are arrays with holes for partitions that were not requested. */
function offsetsByPartition(offsets: readonly bigint[]): ReadonlyMap<number, number> {
  return withoutNone(Object.entries(offsets).map(([partition, offset]) => [Number(partition), offset]));
}

/** Converts the brokers' -1 for no offset. */
function withoutNone(offsets: readonly (readonly [number, bigint])[]): ReadonlyMap<number, number> {
  return new Map(
    offsets.flatMap(([partition, offset]) => (offset < 0n ? [] : [[partition, Number(offset)] as const])),
  );
}
