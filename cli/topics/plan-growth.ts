import { keyPartitioner, type TopicReader } from '@order-events/kafka-tools';
import { NO_FEWER_PARTITIONS, partitionChange } from '../../lib/topology/partition-growth.ts';

/** The effect of more partitions on the keys of a topic. */
export interface GrowthPlan {
  readonly topic: string;
  readonly from: number;
  readonly to: number;
  /** Of all keys that there could be, from 0 to 1. */
  readonly movedShare: number;
  /** Of the newest records; undefined where the brokers cannot be asked, or the topic is empty. */
  readonly sample: KeySample | undefined;
}

/** The facts about a topic's keys from its newest records. */
export interface KeySample {
  /** The number of records read. */
  readonly records: number;
  /** Records without a key, which have no order to lose. */
  readonly withoutKey: number;
  /** Different keys. */
  readonly keys: number;
  /** Keys that get another partition. */
  readonly moved: number;
  /** Keys that do not lie where Kafka's partitioner puts them: of these nobody knows where they go. */
  readonly elsewhere: number;
  readonly partitions: readonly PartitionKeys[];
}

/** The keys of one partition. */
export interface PartitionKeys {
  readonly partition: number;
  readonly keys: number;
  readonly moved: number;
  /** Where those go. */
  readonly to: readonly number[];
}

/** The growth of a topic cannot be done, or there is nothing to do; the message says why. */
class NoGrowthError extends Error {
  override readonly name = 'NoGrowthError';
}

/** @throws {NoGrowthError} when the topic would not get more partitions. */
export function requireGrowth(topic: string, from: number, to: number): { readonly movedShare: number } {
  const change = partitionChange(from, to);
  if (change.kind === 'grows') return change;
  throw new NoGrowthError(
    change.kind === 'same'
      ? `${topic} has ${from} partitions already.`
      : `${topic} has ${from} partitions and cannot shrink to ${to}. ${NO_FEWER_PARTITIONS}`,
  );
}

/** Reads the newest records, about so many in all, and compares where their keys lie with where they would go. */
export async function sampleKeys(
  { bounds, read }: Pick<TopicReader, 'bounds' | 'read'>,
  growth: { readonly from: number; readonly to: number },
  { mostRecords, note }: { readonly mostRecords: number; readonly note?: (records: number) => void },
): Promise<KeySample | undefined> {
  const ranges = await bounds();
  const ofEach = Math.ceil(mostRecords / Math.max(1, ranges.size));
  const keys = new Map<string, number>();
  let [records, withoutKey] = [0, 0];
  for (const [partition, { start, end }] of ranges) {
    for await (const { key } of read(partition, Math.max(start, end - ofEach), end)) {
      records += 1;
      if (key === null || key.length === 0) withoutKey += 1;
      // One character for a byte: keys need not be text.
      else keys.set(key.toString('latin1'), partition);
      note?.(records);
    }
  }
  return records === 0 ? undefined : { records, withoutKey, ...compareKeys(keys, growth) };
}

function compareKeys(
  keys: ReadonlyMap<string, number>,
  { from, to }: { readonly from: number; readonly to: number },
): Omit<KeySample, 'records' | 'withoutKey'> {
  const [before, after] = [keyPartitioner(from), keyPartitioner(to)];
  const placed = [...keys].map(([text, partition]) => {
    const key = Buffer.from(text, 'latin1');
    return { partition, old: before(key), next: after(key) };
  });
  const known = placed.filter(({ partition, old }) => partition === old);
  const moved = known.filter(({ old, next }) => old !== next);
  return {
    keys: placed.length,
    moved: moved.length,
    elsewhere: placed.length - known.length,
    partitions: Array.from({ length: from }, (_, partition) => {
      const leaving = moved.filter(({ old }) => old === partition);
      return {
        partition,
        keys: known.filter(({ old }) => old === partition).length,
        moved: leaving.length,
        to: [...new Set(leaving.map(({ next }) => next))].toSorted((a, b) => a - b),
      };
    }),
  };
}
