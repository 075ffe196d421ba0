import { newBatch, type Batch } from '../../../local/event-source-mapping/batch/batch.ts';
import type { BatchVerdict } from '../../../local/event-source-mapping/retry/batch-verdict.ts';
import { decideRetry } from '../../../local/event-source-mapping/retry/decide-retry.ts';
import { prepareAttempt } from '../../../local/event-source-mapping/retry/prepare-attempt.ts';
import type { QueuedRecord } from '../../../local/event-source-mapping/record/queued-record.ts';
import type { Discard, RetryDecision } from '../../../local/event-source-mapping/retry/retry-decision.ts';
import type { RetryPolicy } from '../../../local/event-source-mapping/retry/retry-policy.ts';
import { anOrigin, NOW } from './builders.ts';

export interface BatchRun {
  /** Offsets of each try, throttled ones included. */
  readonly sent: readonly (readonly number[])[];
  /** Tries that reached the function. */
  readonly calls: number;
  readonly resolved: readonly number[];
  readonly resolvedRecords: readonly QueuedRecord[];
  readonly discarded: Readonly<Record<string, readonly number[]>>;
  readonly discards: readonly Discard[];
}

export function offsetsOf({ records }: { readonly records: readonly QueuedRecord[] }): number[] {
  return records.map(({ offset }) => offset);
}

/** Takes a batch to its end as `decideRetry` says a caller does, on a clock that only the waits move. */
export function runToEnd(
  given: readonly QueuedRecord[],
  policy: RetryPolicy,
  call: (batch: Batch, tries: number) => BatchVerdict,
): BatchRun {
  const waiting: Batch[] = [newBatch(given)];
  const sent: number[][] = [];
  const discards: Discard[] = [];
  const resolvedRecords: QueuedRecord[] = [];
  let calls = 0;
  let now = NOW;
  const act = (decision: RetryDecision): void => {
    if (decision.kind === 'resolve') resolvedRecords.push(...decision.records);
    else if (decision.kind === 'discard') discards.push(decision);
    else if (decision.kind === 'bisect') waiting.unshift(...decision.halves);
    else {
      now += decision.delayMs;
      waiting.unshift(decision.batch);
    }
  };
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for (const decision of prepareAttempt(next, policy, anOrigin(), now)) {
      if (decision.kind === 'discard') {
        act(decision);
        continue;
      }
      const verdict = call(decision.batch, sent.length);
      sent.push(offsetsOf(decision.batch));
      if (verdict.kind !== 'notReached') calls += 1;
      for (const answer of decideRetry(decision.batch, verdict, policy, 0.5)) act(answer);
    }
  }
  const discarded = Map.groupBy(discards, ({ condition }) => condition);
  return {
    sent,
    calls,
    resolved: resolvedRecords.map(({ offset }) => offset),
    resolvedRecords,
    discarded: Object.fromEntries(
      [...discarded].map(([condition, list]) => [condition, list.flatMap(({ batch }) => offsetsOf(batch))]),
    ),
    discards,
  };
}
