import type { RecordHistory, Supersession } from '../memory/operations-memory.ts';
import type { ConsumerPort, OperationPorts } from '../ports.ts';
import type { Digest } from './digest.ts';

export interface PartitionBounds {
  readonly start: number;
  readonly end: number;
}

/** The knowledge about the records of a queue that is not in its messages. */
export interface LetterKnowledge {
  readonly nowMs: number;
  readonly retentionMs: number | undefined;
  readonly history: (partition: number, offset: number) => RecordHistory | undefined;
  /** Ascending. */
  readonly historiesWithin: (partition: number, first: number, last: number) => readonly RecordHistory[];
  readonly supersession: (topic: string, partition: number, offset: number) => Supersession | undefined;
  /** What the topic has of a partition: the first offset, and the next that will be given; undefined for another topic. */
  readonly bounds: (topic: string, partition: number) => PartitionBounds | undefined;
  /** Whether the topic does not have the record any more, or never had it. */
  readonly isExpired: (topic: string, partition: number, offset: number) => boolean;
}

/** Asks the topic and the operations table about the partitions that messages speak of. */
export async function learn(
  { topic, memory, nowMs }: OperationPorts,
  consumer: ConsumerPort,
  digests: readonly Digest[],
): Promise<LetterKnowledge> {
  const partitions = [...new Set(digests.flatMap(partitionsOf))];
  const [bounds, retentionMs, histories, supersessions] = await Promise.all([
    topic.bounds(),
    topic.retentionMs(),
    Promise.all(partitions.map((partition) => memory.histories(consumer.name, partition))),
    Promise.all(partitions.map((partition) => memory.supersessions(topic.name, partition))),
  ]);
  const historyOf = new Map(
    partitions.map((partition, index) => [
      partition,
      new Map((histories[index] ?? []).map((history) => [history.offset, history])),
    ]),
  );
  const superseded = new Map(
    supersessions.flat().map((one) => [`${one.record.partition}:${one.record.offset}`, one]),
  );
  const boundsOf = (name: string, partition: number): PartitionBounds | undefined =>
    name === topic.name ? bounds.get(partition) : undefined;
  return {
    bounds: boundsOf,
    nowMs: nowMs(),
    retentionMs,
    history: (partition, offset) => historyOf.get(partition)?.get(offset),
    historiesWithin: (partition, first, last) =>
      first === last
        ? [historyOf.get(partition)?.get(first)].filter((history) => history !== undefined)
        : [...(historyOf.get(partition)?.values() ?? [])].filter(
            ({ offset }) => offset >= first && offset <= last,
          ),
    supersession: (name, partition, offset) =>
      name === topic.name ? superseded.get(`${partition}:${offset}`) : undefined,
    isExpired: (name, partition, offset) => {
      const range = boundsOf(name, partition);
      return range === undefined || offset < range.start || offset >= range.end;
    },
  };
}

function partitionsOf({ letter }: Digest): readonly number[] {
  switch (letter.kind) {
    case 'parked':
      return [letter.record.partition];
    case 'pointer':
      return letter.ranges.map(({ partition }) => partition);
    case 'malformed':
      return [];
  }
}
