import { laneName } from './lane-name.ts';
import type { ReceivedRecord } from './received-record.ts';

/** Records of one partition and key, in offset order: they are worked on one after the other. */
export type Lane = readonly ReceivedRecord[];

/** Records without a key (absent, null or empty) share one lane per partition, since their order may matter. */
export function groupIntoLanes(received: readonly ReceivedRecord[]): readonly Lane[] {
  return Array.from(Map.groupBy(received, ({ record }) => laneName(record)).values(), (records) =>
    records.toSorted((a, b) => a.record.offset - b.record.offset),
  );
}
