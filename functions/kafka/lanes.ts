import { keyOf } from './lane-name.ts';
import type { ReceivedRecord } from './received-record.ts';

/** Records of one partition and key, in offset order: they are worked on one after the other. */
export type Lane = readonly ReceivedRecord[];

/** The lanes of a partition, by their keys. */
interface PartitionLanes {
  readonly topic: string;
  readonly partition: number;
  readonly byKey: Map<string, ReceivedRecord[]>;
}

/**
 * Records without a key (absent, null or empty) share one lane per partition, since their order may matter.
 *
 * By the partition of the record before and a map of keys, and not by `laneName`: a text would be made for each record.
 */
export function groupIntoLanes(received: readonly ReceivedRecord[]): readonly Lane[] {
  const lanes: ReceivedRecord[][] = [];
  const partitions: PartitionLanes[] = [];
  let latest: PartitionLanes | undefined;
  for (const one of received) {
    const { topic, partition, key } = one.record;
    if (latest?.partition !== partition || latest.topic !== topic)
      latest = lanesOf(partitions, topic, partition);
    const name = keyOf(key);
    const lane = latest.byKey.get(name);
    if (lane === undefined) {
      const first = [one];
      latest.byKey.set(name, first);
      lanes.push(first);
    } else lane.push(one);
  }
  return lanes.map(inOffsetOrder);
}

function inOffsetOrder(lane: Lane): Lane {
  return lane.length === 1 ? lane : lane.toSorted((a, b) => a.record.offset - b.record.offset);
}

/** The lanes of a partition: new ones when it has none yet. A batch is of few partitions, each in one piece. */
function lanesOf(partitions: PartitionLanes[], topic: string, partition: number): PartitionLanes {
  const found = partitions.find((one) => one.partition === partition && one.topic === topic);
  if (found !== undefined) return found;
  const made = { topic, partition, byKey: new Map<string, ReceivedRecord[]>() };
  partitions.push(made);
  return made;
}
