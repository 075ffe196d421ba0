import { parkedMessageBody } from './parked-record.ts';
import type { ParkRecord } from './settle-run.ts';

/** The ports for parking. */
export interface ParkingPorts {
  /** The consumer group on whose behalf records are parked. */
  readonly group: string;
  readonly functionVersion: string;
  readonly now: () => Date;
  /** Sends a message body to the consumer's own dead-letter queue; rejects when the queue did not accept it. */
  readonly send: (body: string) => Promise<void>;
}

/**
 * Parks in a dead-letter queue. At least once: after a crash the record is parked again, so readers of the queue
 * know a record again by its coordinates.
 */
export function parkInQueue({ group, functionVersion, now, send }: ParkingPorts): ParkRecord {
  return (record, failure) =>
    send(parkedMessageBody(record, failure, { group, functionVersion, parkedAt: now().toISOString() }));
}
