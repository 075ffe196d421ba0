import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { Batch } from '../../../../local/event-source-mapping/batch/batch.ts';
import type { BatchVerdict } from '../../../../local/event-source-mapping/retry/batch-verdict.ts';
import { decideRetry } from '../../../../local/event-source-mapping/retry/decide-retry.ts';
import type { RetryDecision } from '../../../../local/event-source-mapping/retry/retry-decision.ts';
import type { RetryPolicy } from '../../../../local/event-source-mapping/retry/retry-policy.ts';
import { aBatch, aCall, aPolicy, aQueuedRecord, range, records } from '../builders.ts';
import { offsetsOf, runToEnd } from '../run-to-end.ts';

const SUCCEEDED: BatchVerdict = { kind: 'succeeded', warnings: [] };

const FAILED: BatchVerdict = {
  kind: 'allFailed',
  call: aCall({ functionError: 'Unhandled' }),
  cause: 'functionError',
  message: 'boom',
  warnings: [],
};

const THROTTLED: BatchVerdict = { kind: 'notReached', cause: 'throttled', message: 'Rate exceeded' };

/** A valid partial response that lists these offsets of partition 0. */
function listing(...offsets: number[]): BatchVerdict {
  const failed = offsets.map((offset) => ({ topic: 't', partition: 0, offset }));
  return { kind: 'someFailed', call: aCall(), failed, warnings: [] };
}

/** Decisions by kind and offsets. */
function outline(decisions: readonly RetryDecision[]): unknown[] {
  return decisions.map((decision) => {
    if (decision.kind === 'resolve') return ['resolve', offsetsOf(decision)];
    if (decision.kind === 'bisect') return ['bisect', ...decision.halves.map(offsetsOf)];
    return [decision.kind, offsetsOf(decision.batch)];
  });
}

/** What the rules answer without jitter: half of each bound. */
function decide(
  batch: Batch,
  verdict: BatchVerdict,
  policy: Partial<RetryPolicy> = {},
): readonly RetryDecision[] {
  return decideRetry(batch, verdict, aPolicy(policy), 0.5);
}

describe('a batch', () => {
  test('that succeeds is resolved', () => {
    const batch = aBatch(records([5, 6]));

    const decisions = decide(batch, SUCCEEDED);

    expect(decisions).toStrictEqual([{ kind: 'resolve', records: batch.records }]);
  });

  test('ESM-044 that fails is sent whole again, in the same order', () => {
    const batch = aBatch(records(range(1, 10)));

    const decisions = decide(batch, FAILED);

    expect(decisions).toStrictEqual([
      {
        kind: 'retry',
        batch: {
          ...batch,
          attempts: 1,
          calls: 1,
          failedTries: 1,
          lastCall: aCall({ functionError: 'Unhandled' }),
        },
        delayMs: 50,
      },
    ]);
  });

  test.each([
    [3, 4],
    [0, 1],
  ])('ESM-046 with %i retries is called %i times', (maximumRetries, calls) => {
    const run = runToEnd(records([1]), aPolicy({ maximumRetries }), () => FAILED);

    expect(run).toMatchObject({ calls: calls, discarded: { RetryAttemptsExhausted: [1] } });
  });

  test('ESM-047 without a limit is never discarded', () => {
    const tired = aBatch(records([1]), { attempts: 1_000_000, calls: 1_000_000, failedTries: 1_000_000 });

    const decisions = decide(tired, FAILED);

    expect(decisions).toMatchObject([{ kind: 'retry', delayMs: 15_000 }]);
  });

  test.each(['throttled', 'unreachable'] as const)(
    'ESM-054 ESM-055 that is %s uses no retry and counts no call',
    (cause) => {
      const batch = aBatch(records([1]), { attempts: 3, calls: 3, failedTries: 3 });

      const decisions = decide(batch, { kind: 'notReached', cause, message: '' }, { maximumRetries: 3 });

      expect(decisions).toStrictEqual([{ kind: 'retry', batch: { ...batch, failedTries: 4 }, delayMs: 400 }]);
    },
  );

  test('ESM-054 is called as often as without its throttles', () => {
    const run = runToEnd(records([1]), aPolicy({ maximumRetries: 3 }), (_, tries) =>
      tries < 20 ? THROTTLED : FAILED,
    );

    expect(run).toMatchObject({ calls: 4, discarded: { RetryAttemptsExhausted: [1] } });
  });

  test('ESM-056 waits longer the more tries fail, up to 30 s', () => {
    const waits = range(0, 10).flatMap((failedTries) =>
      decideRetry(aBatch(records([1]), { failedTries }), FAILED, aPolicy(), 0.999_999).map((decision) =>
        decision.kind === 'retry' ? decision.delayMs : Number.NaN,
      ),
    );

    expect(waits).toStrictEqual([100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000]);
  });
});

describe('bisect', () => {
  const BISECT = { bisectBatchOnFunctionError: true };

  test('ESM-050 splits a failed batch in two', () => {
    const decisions = decide(aBatch(records(range(1, 8))), FAILED, BISECT);

    expect(outline(decisions)).toStrictEqual([['bisect', range(1, 4), range(5, 8)]]);
  });

  test('ESM-050 splits over partitions in event order', () => {
    const first = aQueuedRecord({ partition: 0, offset: 9 });
    const second = aQueuedRecord({ partition: 1, offset: 1 });

    const decisions = decide(aBatch([second, first]), FAILED, BISECT);

    expect(decisions).toMatchObject([
      { kind: 'bisect', halves: [{ records: [first] }, { records: [second] }] },
    ]);
  });

  test('ESM-051 makes the first half the larger and uses no retry', () => {
    const decisions = decide(aBatch(records([1, 2, 3]), { attempts: 2 }), FAILED, {
      ...BISECT,
      maximumRetries: 2,
    });

    expect(decisions).toMatchObject([{ kind: 'bisect', halves: [{ attempts: 2 }, { attempts: 2 }] }]);
    expect(outline(decisions)).toStrictEqual([['bisect', [1, 2], [3]]]);
  });

  test('ESM-051 does not split a single record, which uses its retries', () => {
    const decisions = decide(aBatch(records([1])), FAILED, { ...BISECT, maximumRetries: 1 });

    expect(decisions).toMatchObject([{ kind: 'retry', batch: { attempts: 1 } }]);
  });

  test('ESM-051 uses a retry by option', () => {
    const policy = { ...BISECT, bisectUsesRetries: true, maximumRetries: 1 };
    const batch = aBatch(records([1, 2]));

    const decisions = [decide(batch, FAILED, policy), decide({ ...batch, attempts: 1 }, FAILED, policy)];

    expect(decisions).toMatchObject([
      [{ kind: 'bisect', halves: [{ attempts: 1 }, { attempts: 1 }] }],
      [{ kind: 'discard', condition: 'RetryAttemptsExhausted' }],
    ]);
  });

  test('ESM-052 does not act on a partial response', () => {
    const decisions = decide(aBatch(records(range(1, 10))), listing(3, 7), BISECT);

    expect(outline(decisions)).toStrictEqual([
      ['resolve', [1, 2, 4, 5, 6, 8, 9, 10]],
      ['retry', [3, 7]],
    ]);
  });

  test('ESM-052 acts on a partial response by option', () => {
    const decisions = decide(aBatch(records(range(1, 10))), listing(3, 7, 8), {
      ...BISECT,
      bisectOnPartialResponse: true,
    });

    expect(outline(decisions)).toStrictEqual([
      ['resolve', [1, 2, 4, 5, 6, 9, 10]],
      ['bisect', [3, 7], [8]],
    ]);
  });

  test('ESM-050 finds the one bad record and discards nothing else', () => {
    const run = runToEnd(records(range(1, 8)), aPolicy({ ...BISECT, maximumRetries: 1 }), (batch) =>
      offsetsOf(batch).includes(6) ? FAILED : SUCCEEDED,
    );

    expect(run).toMatchObject({
      sent: [range(1, 8), range(1, 4), range(5, 8), [5, 6], [5], [6], [6], [7, 8]],
      resolved: [1, 2, 3, 4, 5, 7, 8],
      discarded: { RetryAttemptsExhausted: [6] },
    });
  });
});

describe('a partial response', () => {
  test('ESM-070 retries the listed records alone', () => {
    const decisions = decide(aBatch(records(range(1, 10))), listing(3, 7));

    expect(outline(decisions)).toStrictEqual([
      ['resolve', [1, 2, 4, 5, 6, 8, 9, 10]],
      ['retry', [3, 7]],
    ]);
  });

  test('ESM-071 retries from the lowest listed offset of a partition by option', () => {
    const other = aQueuedRecord({ partition: 1, offset: 50 });
    const batch = aBatch([...records(range(1, 10)), other]);

    const decisions = decide(batch, listing(7, 3), { partialRetryScope: 'rewind' });

    expect(outline(decisions)).toStrictEqual([
      ['resolve', [1, 2, 50]],
      ['retry', range(3, 10)],
    ]);
  });

  test('ESM-073 lets the listed records keep their count', () => {
    const run = runToEnd(records(range(1, 5)), aPolicy({ maximumRetries: 2 }), () => listing(3));

    expect(run).toMatchObject({
      sent: [range(1, 5), [3], [3]],
      resolved: [1, 2, 4, 5],
      discarded: { RetryAttemptsExhausted: [3] },
    });
  });

  test('ESM-079 that exhausts the retries leaves a call without function error', () => {
    const decisions = decide(aBatch(records([1])), listing(1), { maximumRetries: 0 });

    expect(decisions).toMatchObject([{ kind: 'discard', batch: { calls: 1, lastCall: aCall() } }]);
  });

  test('that lists every record resolves none', () => {
    const decisions = decide(aBatch(records([1, 2])), listing(1, 2));

    expect(outline(decisions)).toStrictEqual([['retry', [1, 2]]]);
  });
});

describe('no record is lost', () => {
  const policies = fc.record({
    maximumRetries: fc.oneof(fc.nat(4), fc.constant('unlimited' as const)),
    maximumRecordAgeMs: fc.oneof(fc.integer({ min: 1, max: 2_000 }), fc.constant('unlimited' as const)),
    bisectBatchOnFunctionError: fc.boolean(),
    partialRetryScope: fc.constantFrom('records', 'rewind'),
    bisectUsesRetries: fc.boolean(),
    bisectOnPartialResponse: fc.boolean(),
  });
  const batches = fc.uniqueArray(fc.record({ partition: fc.nat(3), offset: fc.nat(12) }), {
    minLength: 1,
    maxLength: 20,
    selector: ({ partition, offset }) => `${partition}-${offset}`,
  });
  /** For each try: an outcome, and which records it lists. */
  const outcomes = fc.array(
    fc.record({
      kind: fc.constantFrom('ok', 'failed', 'some', 'throttled'),
      listed: fc.array(fc.boolean(), { minLength: 20, maxLength: 20 }),
    }),
    { maxLength: 30 },
  );

  test('each record of a batch is in exactly one decision', () => {
    fc.assert(
      fc.property(batches, policies, outcomes, fc.nat(5), (coordinates, policy, [outcome], attempts) => {
        const batch = aBatch(coordinates.map(aQueuedRecord), { attempts });

        const decisions = decideRetry(batch, verdictOf(outcome, batch), aPolicy(policy), 0.5);

        const decided = decisions.flatMap((decision) => {
          if (decision.kind === 'resolve') return decision.records;
          return decision.kind === 'bisect'
            ? decision.halves.flatMap((half) => half.records)
            : decision.batch.records;
        });
        expect(new Set(decided)).toStrictEqual(new Set(batch.records));
        expect(decided).toHaveLength(batch.records.length);
      }),
    );
  });

  test('ESM-046 ESM-048 each record ends resolved or discarded, once, within its retries', () => {
    fc.assert(
      fc.property(batches, policies, outcomes, (coordinates, policy, script) => {
        const given = coordinates.map(aQueuedRecord);

        const run = runToEnd(given, aPolicy(policy), (batch, tries) => verdictOf(script[tries], batch));

        const ends = [...run.resolvedRecords, ...run.discards.flatMap(({ batch }) => batch.records)];
        expect(new Set(ends)).toStrictEqual(new Set(given));
        expect(ends).toHaveLength(given.length);
        for (const { batch, condition } of run.discards) {
          const mayExceed = policy.maximumRetries === 'unlimited' ? Infinity : policy.maximumRetries + 1;
          expect(batch.attempts).toBeLessThanOrEqual(mayExceed);
          expect(condition === 'RetryAttemptsExhausted' && policy.maximumRetries === 'unlimited').toBe(false);
        }
      }),
    );
  });
});

type Outcome = { kind: 'ok' | 'failed' | 'some' | 'throttled'; listed: readonly boolean[] } | undefined;

/** A verdict as a function and Lambda may give it; success when the script is at its end. */
function verdictOf(outcome: Outcome, batch: Batch): BatchVerdict {
  if (outcome === undefined || outcome.kind === 'ok') return SUCCEEDED;
  if (outcome.kind === 'failed') return FAILED;
  if (outcome.kind === 'throttled') return THROTTLED;
  const failed = batch.records.filter((_, index) => outcome.listed[index] === true);
  return failed.length === 0 ? SUCCEEDED : { kind: 'someFailed', call: aCall(), failed, warnings: [] };
}
