import type { Deadline } from '../kernel/deadline.ts';
import type { PoisonFailure } from '../kernel/record-failure.ts';
import type { Result } from '../kernel/result.ts';
import type { BatchSummary } from './batch-summary.ts';
import type { ConsumerRecord } from './consumer-record.ts';
import type { KafkaBatchResponse, KafkaEvent, KafkaRecord } from './kafka-event.ts';
import type { ProcessRecords } from './process-records.ts';
import type { RunPolicy } from './run-policy.ts';

/** What a batch needs of the consumer and of the outside. `V` is what a record's value becomes. */
export interface BatchDependencies<V> {
  readonly parse: (record: ConsumerRecord<unknown>) => Result<V, PoisonFailure>;
  readonly process: ProcessRecords<V>;
  /** Keeps the record, as received, in the consumer's own dead-letter queue; rejects when it could not be kept. */
  readonly park: (record: KafkaRecord, failure: PoisonFailure) => Promise<void>;
  readonly deadline: Deadline;
  readonly policy: RunPolicy;
}

export interface BatchResult {
  readonly response: KafkaBatchResponse;
  readonly summary: BatchSummary;
}
