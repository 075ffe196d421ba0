import { keyOf } from './lane-name.ts';
import type { ReceivedRecord } from './received-record.ts';

/** Records of one partition and key, in offset order: they are worked on one after the other. */
export type Lane = readonly ReceivedRecord[];

type LanesByKey = Map<string, ReceivedRecord[]>;

/**
 * Records without a key (absent, null or empty) share one lane per partition, since their order may matter.
 * By maps in maps and not by `laneName`: a text would be made for each record.
 */
export function groupIntoLanes(received: readonly ReceivedRecord[]): readonly Lane[] {
  const lanes: ReceivedRecord[][] = [];
  const topics = new Map<string, Map<number, LanesByKey>>();
  for (const one of received) {
    const { topic, partition, key } = one.record;
    const partitions = entryOf(topics, topic, newMap<number, LanesByKey>);
    const byKey = entryOf(partitions, partition, newMap<string, ReceivedRecord[]>);
    const lane = entryOf(byKey, keyOf(key), newList);
    if (lane.push(one) === 1) lanes.push(lane);
  }
  return lanes.map(inOffsetOrder);
}

function inOffsetOrder(lane: Lane): Lane {
  return lane.length === 1 ? lane : lane.toSorted((a, b) => a.record.offset - b.record.offset);
}

function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const found = map.get(key);
  if (found !== undefined) return found;
  const made = make();
  map.set(key, made);
  return made;
}

function newMap<K, V>(): Map<K, V> {
  return new Map();
}

function newList(): ReceivedRecord[] {
  return [];
}
