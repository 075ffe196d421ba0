import { nextOffset, waits, type GroupReading, type PartitionReading } from './reading.ts';

/** The sampler's metrics of a group, in their units. An unknown value is absent, never a number. */
export type GroupMetrics = Partial<Record<GroupMetric, number>>;

/** Names and values of what is known. */
export function knownMetrics(
  metrics: GroupMetrics,
): readonly (readonly [name: GroupMetric, value: number])[] {
  return GROUP_METRICS.flatMap((name) => {
    const value = metrics[name];
    return value === undefined ? [] : [[name, value] as const];
  });
}

const GROUP_METRICS = [
  /** Records that are there and not committed. */
  'TrueLag',
  /** Partitions whose waiting records were there a sample ago, without a commit since. */
  'StalledPartitions',
  /** Partitions whose committed offset went back since the last sample. */
  'RewoundPartitions',
  /** By how much committed offsets grew since the last sample. */
  'OffsetsAdvanced',
  /** Offsets that the topic has given out so far, for all partitions. */
  'RecordsEverWritten',
  /** Age of the oldest record that waits, in seconds; 0 when none does. */
  'OldestRecordAge',
  /** That age in percent of the topic's retention. */
  'RetentionUsed',
  /** Findings about members that are no pollers of the group's mapping. */
  'Intruders',
] as const;

export type GroupMetric = (typeof GROUP_METRICS)[number];

export interface SampledGroup {
  readonly now: GroupReading;
  /** The last sample; undefined for the first one of an execution environment. */
  readonly before: GroupReading | undefined;
  /** Seconds since the oldest waiting record was written; 0 when none waits, undefined when it could not be read. */
  readonly oldestAgeSeconds: number | undefined;
  /** Undefined when it is unknown. */
  readonly intruders: number | undefined;
  readonly retentionHours: number;
}

/** Calculates the metrics of a group from two samples. */
export function groupMetrics(sampled: SampledGroup): GroupMetrics {
  const { now, before, intruders } = sampled;
  return {
    ...(now.complete ? stateOf(now.partitions) : {}),
    ...(now.complete && before?.complete === true ? changesOf(now.partitions, before.partitions) : {}),
    ...ageOf(sampled),
    ...(intruders === undefined ? {} : { Intruders: intruders }),
  };
}

function stateOf(partitions: readonly PartitionReading[]): GroupMetrics {
  return {
    TrueLag: sumOf(partitions, (partition) => Math.max(0, partition.end - nextOffset(partition))),
    RecordsEverWritten: sumOf(partitions, ({ end }) => end),
  };
}

function changesOf(now: readonly PartitionReading[], before: readonly PartitionReading[]): GroupMetrics {
  const pairs = now.flatMap((partition) => {
    const earlier = before.find((one) => one.partition === partition.partition);
    return earlier === undefined ? [] : [{ partition, earlier }];
  });
  return {
    StalledPartitions: pairs.filter(isStalled).length,
    RewoundPartitions: pairs.filter(isRewound).length,
    OffsetsAdvanced: sumOf(pairs, advanced),
  };
}

interface Pair {
  readonly partition: PartitionReading;
  readonly earlier: PartitionReading;
}

/** A record that came since the last sample has not had its time yet. */
function isStalled({ partition, earlier }: Pair): boolean {
  return waits(earlier) && nextOffset(partition) === nextOffset(earlier);
}

function isRewound({ partition, earlier }: Pair): boolean {
  return earlier.committed !== undefined && (partition.committed ?? 0) < earlier.committed;
}

/** Before the first commit nobody has skipped anything: the mapping decides where it begins. */
function advanced({ partition, earlier }: Pair): number {
  if (partition.committed === undefined || earlier.committed === undefined) return 0;
  return Math.max(0, partition.committed - earlier.committed);
}

function ageOf({ oldestAgeSeconds, retentionHours }: SampledGroup): GroupMetrics {
  if (oldestAgeSeconds === undefined) return {};
  return {
    OldestRecordAge: oldestAgeSeconds,
    RetentionUsed: (oldestAgeSeconds / (retentionHours * 3_600)) * 100,
  };
}

function sumOf<T>(items: readonly T[], value: (item: T) => number): number {
  return items.reduce((sum, item) => sum + value(item), 0);
}
