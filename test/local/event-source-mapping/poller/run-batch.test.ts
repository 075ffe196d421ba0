import { getEventListeners } from 'node:events';
import { expect, test } from '@jest/globals';
import { newBatch } from '../../../../local/event-source-mapping/batch/batch.ts';
import type { FunctionCall } from '../../../../local/event-source-mapping/batch/function-call.ts';
import type { InvocationResult } from '../../../../local/event-source-mapping/retry/invocation-result.ts';
import type { FunctionCallReport } from '../../../../local/event-source-mapping/poller/function-call-report.ts';
import type { PollerEvent } from '../../../../local/event-source-mapping/poller/messages.ts';
import { PartitionLease } from '../../../../local/event-source-mapping/poller/partition-lease.ts';
import { createCommitLeases } from '../../../../local/event-source-mapping/poller/commit-leases.ts';
import {
  createRunBatch,
  type RunBatchSettings,
} from '../../../../local/event-source-mapping/poller/run-batch.ts';
import type { DeliveryResult } from '../../../../local/event-source-mapping/poller/send-to-destination.ts';
import { toQueuedRecord } from '../../../../local/event-source-mapping/record/queued-record.ts';
import type { RetryPolicy } from '../../../../local/event-source-mapping/retry/retry-policy.ts';
import { aPolledRecord } from '../builders.ts';
import type { CommitResult } from '../../../../local/event-source-mapping/poller/consumer/group-consumer.ts';
import { FakeGroup } from './fake-group.ts';

const NOW = 1_700_000_000_000;
const CALL: FunctionCall = { requestId: 'r', statusCode: 200, executedVersion: '$LATEST' };
const SUCCESS: InvocationResult = { kind: 'returned', call: CALL, payload: 'null' };
const FUNCTION_ERROR: InvocationResult = {
  kind: 'functionError',
  call: { ...CALL, functionError: 'Unhandled' },
  message: 'Error: boom',
};
const THROTTLED: InvocationResult = { kind: 'throttled', message: 'Rate Exceeded.' };

function failures(...offsets: number[]): InvocationResult {
  const items = offsets.map((offset) => ({ itemIdentifier: { partition: 'orders-0', offset } }));
  return { kind: 'returned', call: CALL, payload: JSON.stringify({ batchItemFailures: items }) };
}

function delay(): Promise<void> {
  return Promise.resolve();
}

interface Setup {
  readonly policy?: Partial<RetryPolicy>;
  /** How old each record is, in milliseconds. Default: new. */
  readonly ages?: readonly number[];
  /** Answers of the function, first to last; all further calls succeed. */
  readonly answers?: InvocationResult[];
  readonly delivery?: DeliveryResult;
  /** Runs before each call of the function, which gets the call's number from 1. */
  readonly beforeCall?: (call: number, lease: PartitionLease) => void;
  /** Runs when the batch says that its records are handled. */
  readonly handled?: () => void;
  /** Runs when the batch says that records of it are tried again. */
  readonly announceRetry?: () => void;
  /** The wait before the batch is tried again. Default: none. */
  readonly wait?: (lease: PartitionLease, end: AbortSignal) => Promise<void>;
  /** Default: never fires. */
  readonly stopping?: AbortSignal;
  readonly group?: FakeGroup;
  /** Gets what is told of each call. */
  readonly called?: (call: FunctionCallReport) => void;
  /** Runs while a message to the destination is on its way. */
  readonly whileDiscarding?: (lease: PartitionLease) => void;
}

/** Runs the records 1 to `last` of partition 0 and returns what was called, discarded and committed. */
async function runRecords(last: number, { group = new FakeGroup(), ...setup }: Setup) {
  const records = Array.from({ length: last }, (_, index) =>
    toQueuedRecord(
      aPolledRecord({ topic: 'orders', offset: index + 1, timestamp: NOW - (setup.ages?.[index] ?? 0) }),
      'omit',
    ),
  );
  const lease = new PartitionLease('orders', 0);
  lease.push(
    records.map(({ offset }) => offset),
    records,
    0,
  );
  lease.take(last);
  const answers = [...(setup.answers ?? [])];
  const calls: number[][] = [];
  const discarded: string[] = [];
  const counts: Record<string, number> = {};
  const settings: RunBatchSettings = {
    origin: { eventSourceArn: null, bootstrapServers: ['b:9092'] },
    retryPolicy: {
      maximumRetries: 2,
      maximumRecordAgeMs: 'unlimited',
      maximumPayloadBytes: 6_291_456,
      bisectBatchOnFunctionError: false,
      partialRetryScope: 'records',
      bisectUsesRetries: false,
      bisectOnPartialResponse: false,
      backoff: { baseMs: 100, maximumMs: 30_000 },
      ...setup.policy,
    },
    responsePolicy: { reportBatchItemFailures: true, stringOffsets: 'reject' },
  };
  const emit = (event: PollerEvent): void => {
    if (event.type === 'called') setup.called?.(event.call);
    if (event.type !== 'counted') return;
    for (const [name, count] of Object.entries(event.counts)) counts[name] = (counts[name] ?? 0) + count;
  };
  const runBatch = createRunBatch(settings, {
    commitLeases: createCommitLeases({ consumer: group, emit, delay, interval: delay }),
    invoke: (event) => {
      setup.beforeCall?.(calls.length + 1, lease);
      const { records: sent } = JSON.parse(event) as { records: Record<string, { offset: number }[]> };
      calls.push((sent['orders-0'] ?? []).map(({ offset }) => offset));
      return Promise.resolve(answers.shift() ?? SUCCESS);
    },
    sendToDestination: ({ condition, batch }) => {
      discarded.push(`${condition} ${batch.records.map(({ offset }) => offset).join(' ')}`);
      setup.whileDiscarding?.(lease);
      return Promise.resolve(setup.delivery ?? { kind: 'delivered' });
    },
    emit,
    now: () => NOW,
    random: () => 0.5,
    delay: (_ms, end) => setup.wait?.(lease, end) ?? delay(),
  });
  await runBatch(newBatch(records), {
    leases: new Map([[0, lease]]),
    beginCall: () => undefined,
    endCall: () => undefined,
    announceRetry: () => setup.announceRetry?.(),
    handled: () => setup.handled?.(),
    stopping: setup.stopping ?? new AbortController().signal,
  });
  return { calls, discarded, commits: group.commits, counts };
}

test('ESM-032 ESM-092 a batch that succeeds commits its last offset + 1', async () => {
  const run = await runRecords(3, {});

  expect(run).toEqual({
    calls: [[1, 2, 3]],
    discarded: [],
    commits: [{ 0: 4 }],
    counts: { InvokedEventCount: 3, CommittedEventCount: 3 },
  });
});

test('ESM-033 ESM-044 ESM-090 ESM-091 a failed batch commits nothing and is sent whole again', async () => {
  const run = await runRecords(3, { answers: [FUNCTION_ERROR] });

  expect(run).toEqual({
    calls: [
      [1, 2, 3],
      [1, 2, 3],
    ],
    discarded: [],
    commits: [{ 0: 4 }],
    counts: { InvokedEventCount: 6, FailedInvokeEventCount: 3, InvokeErrorCount: 1, CommittedEventCount: 3 },
  });
});

test('ESM-036 ESM-070 ESM-091 only listed records are sent again, and the commit waits for them', async () => {
  const run = await runRecords(4, { answers: [failures(2, 3), failures(3)] });

  expect(run).toEqual({
    calls: [[1, 2, 3, 4], [2, 3], [3]],
    discarded: [],
    commits: [{ 0: 2 }, { 0: 3 }, { 0: 5 }],
    counts: { InvokedEventCount: 7, FailedInvokeEventCount: 3, CommittedEventCount: 4 },
  });
});

test('ESM-046 ESM-081 records out of retries go to the destination and are committed past', async () => {
  const run = await runRecords(2, { answers: [FUNCTION_ERROR, FUNCTION_ERROR, FUNCTION_ERROR] });

  expect(run).toEqual({
    calls: [
      [1, 2],
      [1, 2],
      [1, 2],
    ],
    discarded: ['RetryAttemptsExhausted 1 2'],
    commits: [{ 0: 3 }],
    counts: {
      CommittedEventCount: 2,
      InvokedEventCount: 6,
      FailedInvokeEventCount: 6,
      InvokeErrorCount: 3,
      OnFailureDestinationDeliveredEventCount: 2,
    },
  });
});

test('ESM-082 a destination that refuses drops the records', async () => {
  const run = await runRecords(2, {
    policy: { maximumRetries: 0 },
    answers: [FUNCTION_ERROR],
    delivery: { kind: 'failed', error: new Error('no such queue') },
  });

  expect(run).toEqual({
    calls: [[1, 2]],
    discarded: ['RetryAttemptsExhausted 1 2'],
    commits: [{ 0: 3 }],
    counts: {
      CommittedEventCount: 2,
      InvokedEventCount: 2,
      FailedInvokeEventCount: 2,
      InvokeErrorCount: 1,
      DroppedEventCount: 2,
      DestinationDeliveryFailures: 1,
      OnFailureDestinationDeliveryErrorCount: 1,
    },
  });
});

test('ESM-050 ESM-051 halves of a failed batch run in order, each to its end', async () => {
  const run = await runRecords(3, {
    policy: { bisectBatchOnFunctionError: true, maximumRetries: 0 },
    answers: [FUNCTION_ERROR, FUNCTION_ERROR, SUCCESS, FUNCTION_ERROR],
  });

  expect(run.calls).toEqual([[1, 2, 3], [1, 2], [1], [2], [3]]);
  expect(run.discarded).toEqual(['RetryAttemptsExhausted 2']);
  expect(run.commits).toEqual([{ 0: 2 }, { 0: 3 }, { 0: 4 }]);
});

test.each([
  {
    story: 'a failed batch says so before it waits for its retry',
    answers: [FUNCTION_ERROR],
    steps: ['call', 'will retry', 'wait', 'call'],
  },
  {
    story: 'so does one of which records are listed',
    answers: [failures(2)],
    steps: ['call', 'will retry', 'wait', 'call'],
  },
  {
    story: 'so does one that is throttled',
    answers: [THROTTLED],
    steps: ['call', 'will retry', 'wait', 'call'],
  },
  {
    story: 'so does one that is split',
    policy: { bisectBatchOnFunctionError: true },
    answers: [FUNCTION_ERROR],
    steps: ['call', 'will retry', 'call', 'call'],
  },
  { story: 'a batch that succeeds says nothing', answers: [SUCCESS], steps: ['call'] },
  {
    story: 'a discarded batch logs nothing',
    policy: { maximumRetries: 0 },
    answers: [FUNCTION_ERROR],
    steps: ['call'],
  },
])('ESM-072 $story', async ({ policy = {}, answers, steps: expected }) => {
  const steps: string[] = [];

  await runRecords(2, {
    policy,
    answers,
    beforeCall: () => steps.push('call'),
    announceRetry: () => steps.push('will retry'),
    wait: () => {
      steps.push('wait');
      return delay();
    },
  });

  expect(steps).toEqual(expected);
});

test('ESM-054 throttles use no retry', async () => {
  const throttles = Array.from({ length: 20 }, () => THROTTLED);

  const run = await runRecords(1, { policy: { maximumRetries: 0 }, answers: [...throttles, SUCCESS] });

  expect(run.discarded).toEqual([]);
  expect(run.counts).toEqual({ InvokeErrorCount: 20, InvokedEventCount: 1, CommittedEventCount: 1 });
});

test('a batch says that its records are handled before their commit has ended, and ends after it', async () => {
  const steps: string[] = [];
  const commit = Promise.withResolvers<CommitResult>();
  const group = new FakeGroup();
  group.commit = () => commit.promise;

  const run = runRecords(1, { group, handled: () => steps.push('handled') }).then(() => steps.push('ended'));
  await new Promise(setImmediate);
  const before = [...steps];
  commit.resolve({ kind: 'committed' });
  await run;

  expect({ before, steps }).toEqual({ before: ['handled'], steps: ['handled', 'ended'] });
});

test('ESM-038 a refused commit is counted and tried again', async () => {
  const group = new FakeGroup();
  group.commitResults = [{ kind: 'refused', error: new Error('The coordinator is loading') }];

  const run = await runRecords(1, { group });

  expect(run.commits).toEqual([{ 0: 2 }]);
  expect(run.counts).toEqual({ InvokedEventCount: 1, CommitErrorCount: 1, CommittedEventCount: 1 });
});

test.each([
  {
    story: 'a batch whose partition is lost during the call is neither committed nor tried again',
    policy: {},
  },
  {
    story: "a partition that is lost during the last call gives nothing up: its records are the new owner's",
    policy: { maximumRetries: 0 },
  },
])('$story', async ({ policy }) => {
  const run = await runRecords(2, {
    policy,
    answers: [FUNCTION_ERROR],
    beforeCall: (_call, lease) => {
      lease.end();
    },
  });

  expect(run).toEqual({
    calls: [[1, 2]],
    discarded: [],
    commits: [],
    counts: { InvokedEventCount: 2, FailedInvokeEventCount: 2, InvokeErrorCount: 1 },
  });
});

/** Resolves when the signal fires. */
function fired(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve();
    });
  });
}

test('a batch whose partition is lost while it waits to be tried again waits no longer, and is not', async () => {
  const run = await runRecords(2, {
    answers: [FUNCTION_ERROR],
    wait: (lease, end) => {
      const ended = fired(end);
      lease.end();
      return ended;
    },
  });

  expect(run).toMatchObject({ calls: [[1, 2]], discarded: [], commits: [] });
});

test('nor does one wait whose poller is stopped', async () => {
  const poller = new AbortController();

  const run = await runRecords(2, {
    answers: [FUNCTION_ERROR],
    stopping: poller.signal,
    wait: (_lease, end) => {
      const ended = fired(end);
      poller.abort();
      return ended;
    },
  });

  expect(run).toMatchObject({ calls: [[1, 2]], discarded: [], commits: [] });
});

test('records whose partition is lost while others are discarded before the call are not sent', async () => {
  const run = await runRecords(2, {
    ages: [61_000, 0],
    policy: { maximumRecordAgeMs: 60_000 },
    whileDiscarding: (lease) => {
      lease.end();
    },
  });

  expect(run).toEqual({
    calls: [],
    discarded: ['RecordAgeExceeded 1'],
    commits: [],
    counts: { OnFailureDestinationDeliveredEventCount: 1 },
  });
});

test('a call is reported at its start and its end, with its attempt, its records and the failed ones', async () => {
  const called: FunctionCallReport[] = [];
  const begun = {
    number: 1,
    startedAt: NOW,
    attempt: 1,
    partitions: [{ partition: 0, firstOffset: 1, lastOffset: 3, records: 3 }],
  };
  const again = {
    number: 2,
    startedAt: NOW,
    attempt: 2,
    partitions: [{ partition: 0, firstOffset: 2, lastOffset: 2, records: 1 }],
  };

  await runRecords(3, { answers: [failures(2)], called: (call) => called.push(call) });

  expect(called).toEqual([
    begun,
    { ...begun, end: { endedAt: NOW, outcome: 'someFailed', requestId: 'r', failed: [[0, 2]] } },
    again,
    { ...again, end: { endedAt: NOW, outcome: 'succeeded', requestId: 'r', failed: [] } },
  ]);
});

test('a call that did not reach the function has no request id', async () => {
  const called: FunctionCallReport[] = [];

  await runRecords(1, { answers: [THROTTLED], called: (call) => called.push(call) });

  expect(called[1]?.end).toEqual({ endedAt: NOW, outcome: 'notReached', failed: [] });
});

test('a batch leaves no listener on its lease, which outlives thousands of batches', async () => {
  const listeners: number[] = [];
  let lease: PartitionLease | undefined;

  await runRecords(3, {
    answers: [failures(2)],
    beforeCall: (_call, called) => {
      lease = called;
    },
    wait: async ({ ending }) => {
      listeners.push(getEventListeners(ending, 'abort').length);
    },
  });

  if (lease !== undefined) listeners.push(getEventListeners(lease.ending, 'abort').length);
  expect(listeners).toEqual([1, 0]);
});
