import type { Deadline } from '../kernel/deadline.ts';
import { unexpected } from '../kernel/record-failure.ts';
import { groupIntoLanes } from './lanes.ts';
import type { KafkaEvent } from './kafka-event.ts';
import type { ProcessRecords } from './process-records.ts';
import type { ParseRecord } from './read-record.ts';
import { receivedRecords } from './received-record.ts';
import type { RehearsalAnswer } from './rehearsal.ts';
import { runLanes } from './run-lanes.ts';
import type { RunPolicy } from './run-policy.ts';
import { settleRun } from './settle-run.ts';
import { toRehearsal } from './to-rehearsal.ts';

/** A consumer whose ports write nothing. */
export interface Rehearsal<V> {
  readonly parse: ParseRecord<V>;
  readonly process: ProcessRecords<V>;
  readonly policy: RunPolicy;
}

/**
 * Runs a batch like `processBatch`, with the consumer's own code, and returns the expected outcome of each record. It
 * leaves out the work around a batch: parking, counting attempts, pausing after a failure.
 *
 * @throws TypeError when the event is not from a Kafka event source mapping.
 */
export async function rehearseBatch<V>(
  event: KafkaEvent,
  { parse, process, policy }: Rehearsal<V>,
  deadline: Deadline,
): Promise<RehearsalAnswer> {
  const batch = receivedRecords(event);
  const outcomes = await runLanes(
    groupIntoLanes(batch),
    (run) => settleRun(run, { parse, process, park: parkNowhere, deadline }),
    policy,
  );
  return toRehearsal(
    batch.map((received) => ({
      received,
      outcome: outcomes[received.position] ?? {
        kind: 'failed',
        failure: unexpected('The record was left without an outcome.'),
      },
    })),
  );
}

function parkNowhere(): Promise<void> {
  return Promise.resolve();
}
