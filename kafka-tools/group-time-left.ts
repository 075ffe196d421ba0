import type { PartitionReport } from './group-report.ts';
import type { OffsetRange } from './offset-lag.ts';
import {
  recordTimeLeft,
  soonest,
  type PartitionLog,
  type TimeLeft,
  type TopicRetention,
} from './time-left.ts';
import type { TopicReader } from './topic-reader.ts';

/** The offsets of a group, as in `GroupReport`. */
export interface TimedGroup {
  readonly groupId: string;
  readonly partitions: readonly Pick<PartitionReport, 'topic' | 'partition' | 'lag'>[];
}

/** The time until the topic deletes a record that a group has not read. */
export interface GroupTimeLeft {
  readonly groupId: string;
  readonly timeLeft: TimeLeft;
  /** The position of that record; absent when there is none. */
  readonly partition?: number;
  readonly offset?: number;
}

/** The requests to the brokers. */
export interface TimeLeftSource {
  readonly topic: string;
  readonly read: TopicReader['read'];
  /** Bytes on disk by partition; requested only for a topic with a size limit. */
  readonly partitionBytes: (partitions: readonly number[]) => Promise<ReadonlyMap<number, number>>;
}

export interface TimeLeftQuestion {
  readonly retention: TopicRetention;
  /** Epoch milliseconds. */
  readonly now: number;
}

/**
 * Calculates for each group how long the topic keeps its oldest unread record. Groups that do not read the topic are
 * left out.
 */
export async function groupTimesLeft(
  source: TimeLeftSource,
  groups: readonly TimedGroup[],
  question: TimeLeftQuestion,
): Promise<readonly GroupTimeLeft[]> {
  const logs =
    question.retention.bytes === undefined ? new Map<number, PartitionLog>() : await logsOf(source, groups);
  const timestampOf = remembering((partition, offset, end) =>
    firstTimestamp(source, partition, { start: offset, end }),
  );
  const reading = groups.flatMap((group) => {
    const partitions = group.partitions.filter(({ topic }) => topic === source.topic);
    return partitions.length === 0
      ? []
      : [ofGroup(group.groupId, partitions, { timestampOf, logs, ...question })];
  });
  return await Promise.all(reading);
}

interface Asking extends TimeLeftQuestion {
  readonly timestampOf: (partition: number, offset: number, end: number) => Promise<number | undefined>;
  readonly logs: ReadonlyMap<number, PartitionLog>;
}

async function ofGroup(
  groupId: string,
  partitions: TimedGroup['partitions'],
  asking: Asking,
): Promise<GroupTimeLeft> {
  const all = await Promise.all(partitions.map((partition) => ofPartition(partition, asking)));
  const timeLeft = soonest(all.map((one) => one.timeLeft));
  const place = all.find((one) => one.timeLeft === timeLeft);
  return place?.offset === undefined
    ? { groupId, timeLeft }
    : { groupId, timeLeft, partition: place.partition, offset: place.offset };
}

interface PartitionTimeLeft {
  readonly partition: number;
  readonly timeLeft: TimeLeft;
  /** The timestamp of the oldest unread record. */
  readonly offset?: number;
}

async function ofPartition(
  { partition, lag }: TimedGroup['partitions'][number],
  asking: Asking,
): Promise<PartitionTimeLeft> {
  if (lag.kind === 'unknown') return { partition, timeLeft: { kind: 'unknown', reason: lag.reason } };
  const offset = Math.max(lag.committed ?? lag.start, lag.start);
  if (lag.expired > 0) return { partition, offset, timeLeft: { kind: 'gone', records: lag.expired } };
  if (lag.lag === 0) return { partition, timeLeft: { kind: 'nothing' } };
  try {
    const timestamp = await asking.timestampOf(partition, offset, lag.end);
    if (timestamp === undefined) return { partition, timeLeft: { kind: 'nothing' } };
    const { retention, now, logs } = asking;
    const timeLeft = recordTimeLeft({ offset, timestamp }, retention, { now, log: logs.get(partition) });
    return { partition, offset, timeLeft };
  } catch (error) {
    return {
      partition,
      offset,
      timeLeft: { kind: 'unknown', reason: `the record cannot be read (${String(error)})` },
    };
  }
}

/** Caches the answers, because groups at the same record share one. */
function remembering(read: Asking['timestampOf']): Asking['timestampOf'] {
  const known = new Map<string, Promise<number | undefined>>();
  return (partition, offset, end) => {
    const name = `${partition}:${offset}`;
    const answer = known.get(name) ?? read(partition, offset, end);
    known.set(name, answer);
    return answer;
  };
}

/** Returns undefined when only transaction markers are left. */
async function firstTimestamp(
  { read }: Pick<TimeLeftSource, 'read'>,
  partition: number,
  { start, end }: OffsetRange,
): Promise<number | undefined> {
  for await (const { timestamp } of read(partition, start, end)) return timestamp;
  return undefined;
}

async function logsOf(
  source: TimeLeftSource,
  groups: readonly TimedGroup[],
): Promise<ReadonlyMap<number, PartitionLog>> {
  const ranges = new Map(
    groups.flatMap(({ partitions }) =>
      partitions.flatMap(({ topic, partition, lag }) =>
        topic === source.topic && lag.kind === 'known' && lag.end > lag.start
          ? [[partition, lag] as const]
          : [],
      ),
    ),
  );
  const bytes = await source.partitionBytes([...ranges.keys()]);
  const logs = await Promise.all(
    [...ranges].map(async ([partition, { start, end }]) => {
      const size = bytes.get(partition);
      const [startTimestamp, endTimestamp] = await Promise.all([
        firstTimestamp(source, partition, { start, end }),
        firstTimestamp(source, partition, { start: end - 1, end }),
      ]);
      if (size === undefined || startTimestamp === undefined || endTimestamp === undefined) return [];
      return [[partition, { bytes: size, start, end, startTimestamp, endTimestamp }] as const];
    }),
  );
  return new Map(logs.flat());
}
