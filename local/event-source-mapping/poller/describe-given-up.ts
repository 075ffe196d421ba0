import type { QueuedRecord } from '../record/queued-record.ts';
import type { DeliveryResult } from './send-to-destination.ts';

/** Describes discarded records by their coordinates, and says whether a destination has them. */
export function describeGivenUp(records: readonly QueuedRecord[], delivery: DeliveryResult): string {
  return `${records.length} ${records.length === 1 ? 'record' : 'records'} discarded: ${placesOf(records)}. ${whereTheyAre(delivery)}`;
}

function whereTheyAre(delivery: DeliveryResult): string {
  switch (delivery.kind) {
    case 'delivered':
      return 'The on-failure destination has them.';
    case 'noDestination':
      return 'They are LOST to this mapping, because it has no on-failure destination. Replay these offsets.';
    case 'failed':
      return `They are LOST to this mapping, because the on-failure destination rejected them: ${delivery.error.message}. Replay these offsets.`;
  }
}

function placesOf(records: readonly QueuedRecord[]): string {
  return [...Map.groupBy(records, ({ topic, partition }) => `${topic}-${partition}`)]
    .map(([partition, ofPartition]) => `${partition} ${offsetsOf(ofPartition)}`)
    .join(', ');
}

function offsetsOf(records: readonly QueuedRecord[]): string {
  const offsets = records.map(({ offset }) => offset);
  const first = Math.min(...offsets);
  const last = Math.max(...offsets);
  return first === last ? `offset ${first}` : `offsets ${first} to ${last}`;
}
