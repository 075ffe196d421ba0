import type { Batch } from '../batch/batch.ts';
import { singleRecordEventBytes, type EventOrigin } from '../batch/build-kafka-event.ts';
import type { QueuedRecord } from '../record/queued-record.ts';
import type { AttemptDecision } from './retry-decision.ts';
import type { RetryPolicy } from './retry-policy.ts';

/**
 * Decides what to do with a batch before the first call and every retry, also while throttled. It discards the
 * records that fit no event and those older than the maximum age, and sends the rest. Each record is in exactly one
 * decision. The call is the last decision, because it may take minutes.
 * @param now epoch milliseconds.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 */
export function prepareAttempt(
  batch: Batch,
  policy: RetryPolicy,
  origin: EventOrigin,
  now: number,
): readonly AttemptDecision[] {
  const fateOfOne = (record: QueuedRecord): Fate => fateOf(record, policy, origin, now);
  if (batch.records.every((record) => fateOfOne(record) === 'send')) return [decide('send', batch)];
  const groups = Map.groupBy(batch.records, fateOfOne);
  return FATES.flatMap((fate) => {
    const records = groups.get(fate);
    return records === undefined ? [] : [decide(fate, { ...batch, records })];
  });
}

const FATES = ['MaximumPayloadSizeExceeded', 'RecordAgeExceeded', 'send'] as const;

type Fate = (typeof FATES)[number];

function fateOf(record: QueuedRecord, policy: RetryPolicy, origin: EventOrigin, now: number): Fate {
  if (singleRecordEventBytes(origin, record) > policy.maximumPayloadBytes) {
    return 'MaximumPayloadSizeExceeded';
  }
  return isTooOld(record, policy, now) ? 'RecordAgeExceeded' : 'send';
}

function isTooOld(record: QueuedRecord, { maximumRecordAgeMs }: RetryPolicy, now: number): boolean {
  return maximumRecordAgeMs !== 'unlimited' && now - record.timestamp > maximumRecordAgeMs;
}

function decide(fate: Fate, batch: Batch): AttemptDecision {
  return fate === 'send' ? { kind: 'invoke', batch } : { kind: 'discard', batch, condition: fate };
}
