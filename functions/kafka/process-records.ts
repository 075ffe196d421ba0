import type { Deadline } from '../kernel/deadline.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import type { ConsumerRecord } from './consumer-record.ts';

/**
 * A consumer's work on a run of records: records of one key are consecutive and in offset order. It answers for each
 * record, in the order given. A `failed` answer ends the record's lane after this run, so a consumer that takes runs
 * must not apply a later record of the same key in that run, but answers `failed` for it too.
 * Throwing fails every record of the run as `unexpected`.
 */
export type ProcessRecords<V> = (
  records: readonly ConsumerRecord<V>[],
  deadline: Deadline,
) => Promise<readonly ConsumerOutcome[]>;

/** A consumer's work on one record. */
export type ProcessRecord<V> = (record: ConsumerRecord<V>, deadline: Deadline) => Promise<ConsumerOutcome>;
