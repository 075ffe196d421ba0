import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import type { ProcessRecord, ProcessRecords } from './process-records.ts';

/** Lets a consumer that works on single records take runs: one record after the other, in the order given. */
export function recordByRecord<V>(process: ProcessRecord<V>): ProcessRecords<V> {
  return async (records, deadline) => {
    const outcomes: ConsumerOutcome[] = [];
    for (const record of records) outcomes.push(await process(record, deadline));
    return outcomes;
  };
}
