import { backoffMs } from './backoff.ts';
import type { Batch } from '../batch/batch.ts';
import type { BatchVerdict } from './batch-verdict.ts';
import type { FunctionCall } from '../batch/function-call.ts';
import type { QueuedRecord } from '../record/queued-record.ts';
import type { RetryDecision } from './retry-decision.ts';
import type { RetryPolicy } from './retry-policy.ts';
import { topicPartitionKey, type TopicPartitionOffset } from '../record/topic-partition.ts';

/**
 * Decides the next step for each record of a batch after a try. Every record is in exactly one decision.
 *
 * A caller runs a batch as follows: `prepareAttempt`; discard the records that it rejects; invoke with the rest;
 * `readBatchResponse`; `decideRetry`. It repeats this for each returned batch, and runs the halves of a bisect in
 * order, each until it is completed. The batch is completed when no batch is returned.
 * @param batch as it was sent.
 * @param random from 0 to below 1, for the jitter.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 */
export function decideRetry(
  batch: Batch,
  verdict: BatchVerdict,
  policy: RetryPolicy,
  random: number,
): readonly RetryDecision[] {
  if (verdict.kind === 'succeeded') return [{ kind: 'resolve', records: batch.records }];
  if (verdict.kind === 'notReached') {
    return [retry({ ...batch, failedTries: batch.failedTries + 1 }, policy, random)];
  }
  const after = called(batch, verdict.call);
  if (verdict.kind === 'someFailed') return decidePartial(after, verdict.failed, policy, random);
  return [decideFailed(after, policy.bisectBatchOnFunctionError, policy, random)];
}

/** Returns the batch after a call that reached the function. */
function called(batch: Batch, lastCall: FunctionCall): Batch {
  return { ...batch, calls: batch.calls + 1, failedTries: batch.failedTries + 1, lastCall };
}

function decidePartial(
  batch: Batch,
  failed: readonly TopicPartitionOffset[],
  policy: RetryPolicy,
  random: number,
): readonly RetryDecision[] {
  const again = selectAgain(batch.records, failed, policy.partialRetryScope);
  const done = batch.records.filter((record) => !again.has(record));
  const mayBisect = policy.bisectOnPartialResponse && policy.bisectBatchOnFunctionError;
  return [
    ...(done.length > 0 ? [{ kind: 'resolve', records: done } as const] : []),
    ...(again.size > 0 ? [decideFailed({ ...batch, records: [...again] }, mayBisect, policy, random)] : []),
  ];
}

/** Lists the records to send again after a partial response, in event order. */
function selectAgain(
  records: readonly QueuedRecord[],
  failed: readonly TopicPartitionOffset[],
  scope: RetryPolicy['partialRetryScope'],
): ReadonlySet<QueuedRecord> {
  const listed = new Map<string, Set<number>>();
  for (const item of failed) {
    const key = topicPartitionKey(item);
    listed.set(key, (listed.get(key) ?? new Set()).add(item.offset));
  }
  const isListed = (record: QueuedRecord): boolean =>
    listed.get(topicPartitionKey(record))?.has(record.offset) ?? false;
  if (scope === 'records') return new Set(records.filter(isListed));
  const rewound = new Set<string>();
  return new Set(
    records.filter((record) => {
      if (isListed(record)) rewound.add(topicPartitionKey(record));
      return rewound.has(topicPartitionKey(record));
    }),
  );
}

/** Decides the next step for a batch whose records all failed. */
function decideFailed(batch: Batch, mayBisect: boolean, policy: RetryPolicy, random: number): RetryDecision {
  const splits = mayBisect && batch.records.length > 1;
  const usesRetry = !splits || policy.bisectUsesRetries;
  const counted = { ...batch, attempts: batch.attempts + (usesRetry ? 1 : 0) };
  if (isExhausted(counted, policy)) {
    return { kind: 'discard', batch: counted, condition: 'RetryAttemptsExhausted' };
  }
  return splits ? { kind: 'bisect', halves: halve(counted) } : retry(counted, policy, random);
}

function isExhausted({ attempts }: Batch, { maximumRetries }: RetryPolicy): boolean {
  return maximumRetries !== 'unlimited' && attempts > maximumRetries;
}

/** Splits a batch into two halves in event order. With an odd number of records, the first is larger. */
function halve(batch: Batch): readonly [Batch, Batch] {
  const middle = Math.ceil(batch.records.length / 2);
  return [
    { ...batch, records: batch.records.slice(0, middle) },
    { ...batch, records: batch.records.slice(middle) },
  ];
}

function retry(batch: Batch, policy: RetryPolicy, random: number): RetryDecision {
  return { kind: 'retry', batch, delayMs: backoffMs(policy.backoff, batch.failedTries, random) };
}
