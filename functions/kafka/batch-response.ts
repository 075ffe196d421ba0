import type { RecordOutcome } from '../kernel/record-outcome.ts';
import type { KafkaBatchResponse } from './kafka-event.ts';
import { identifierOf, type ReceivedRecord } from './received-record.ts';

/** A record of the batch with its fate. */
export interface SettledRecord {
  readonly received: ReceivedRecord;
  readonly outcome: RecordOutcome;
}

/**
 * Reports what has to come again: the failed records and those held back behind them. Whatever is not listed counts
 * as done, so nothing that was not worked on may be missing here.
 */
export function toBatchResponse(settled: readonly SettledRecord[]): KafkaBatchResponse {
  return {
    batchItemFailures: settled
      .filter(({ outcome }) => outcome.kind === 'failed' || outcome.kind === 'heldBack')
      .map(({ received }) => ({ itemIdentifier: identifierOf(received) })),
  };
}
