import type { ReceivedRecord } from './received-record.ts';

/** Records of one partition and key, in offset order: they are worked on one after the other. */
export type Lane = readonly ReceivedRecord[];

/** Records without a key (absent, null or empty) share one lane per partition, since their order may matter. */
export function groupIntoLanes(received: readonly ReceivedRecord[]): readonly Lane[] {
  return Array.from(Map.groupBy(received, laneName).values(), (records) =>
    records.toSorted((a, b) => a.record.offset - b.record.offset),
  );
}

/** Base64 holds no space, so the name is unique. */
function laneName({ record, identifier }: ReceivedRecord): string {
  return `${typeof record.key === 'string' ? record.key : ''} ${identifier.partition}`;
}
