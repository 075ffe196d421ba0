import type { Batch } from '../batch/batch.ts';
import { buildKafkaEvent, type EventOrigin } from '../batch/build-kafka-event.ts';
import type { BatchVerdict } from '../retry/batch-verdict.ts';
import { decideRetry } from '../retry/decide-retry.ts';
import { prepareAttempt } from '../retry/prepare-attempt.ts';
import type { QueuedRecord } from '../record/queued-record.ts';
import { readBatchResponse, type ResponsePolicy } from '../retry/read-batch-response.ts';
import type { Discard, RetryDecision } from '../retry/retry-decision.ts';
import type { RetryPolicy } from '../retry/retry-policy.ts';
import type { CommitLeases } from './commit-leases.ts';
import type { InvokeFunction } from './invoke-function.ts';
import { callOf, endOf } from './function-call-report.ts';
import { describeGivenUp } from './describe-given-up.ts';
import type { LogLevel, PollerCounts, PollerEvent } from './messages.ts';
import type { DeliveryResult, SendToDestination } from './send-to-destination.ts';
import type { Turn } from './turn.ts';

export interface RunBatchDeps {
  readonly commitLeases: CommitLeases;
  readonly invoke: InvokeFunction;
  readonly sendToDestination: SendToDestination;
  readonly emit: (event: PollerEvent) => void;
  readonly now: () => number;
  /** Returns a random number from 0 to below 1. */
  readonly random: () => number;
  /** Waits until the time is over or the signal aborts. */
  readonly delay: (ms: number, signal: AbortSignal) => Promise<void>;
}

export interface RunBatchSettings {
  readonly origin: EventOrigin;
  readonly retryPolicy: RetryPolicy;
  readonly responsePolicy: ResponsePolicy;
}

/** Runs a batch until it is completed. Records of a partition that is lost in the meantime are left to its new owner. */
export type RunBatch = (batch: Batch, turn: Turn) => Promise<void>;

export function createRunBatch(settings: RunBatchSettings, deps: RunBatchDeps): RunBatch {
  let calls = 0;
  const nextCall = (): number => (calls += 1);
  return (batch, turn) => new BatchRun(settings, { ...deps, nextCall }, turn).run(batch);
}

/** The dependencies of a batch, and the number of its next call. */
interface BatchRunDeps extends RunBatchDeps {
  readonly nextCall: () => number;
}

class BatchRun {
  readonly #settings: RunBatchSettings;
  readonly #deps: BatchRunDeps;
  readonly #turn: Turn;
  /** The last commit. Commits end in the order in which they were asked for. */
  #committed = Promise.resolve();

  constructor(settings: RunBatchSettings, deps: BatchRunDeps, turn: Turn) {
    this.#settings = settings;
    this.#deps = deps;
    this.#turn = turn;
  }

  /**
   * Runs the halves of a bisected batch in order, each until its records are handled. Nothing waits for a commit but
   * the end of the run.
   */
  async run(batch: Batch): Promise<void> {
    const waiting = [batch];
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const owned = this.#owned(next);
      if (owned.records.length === 0 || this.#turn.stopping.aborted) continue;
      waiting.unshift(...(await this.#attempt(owned)));
    }
    this.#turn.handled();
    await this.#committed;
  }

  /**
   * Checks the records after a discard again: while the discard was sent, they aged and their partition may have been
   * lost.
   */
  async #attempt(batch: Batch): Promise<readonly Batch[]> {
    const { retryPolicy, origin } = this.#settings;
    const decisions = prepareAttempt(batch, retryPolicy, origin, this.#deps.now());
    const discards = decisions.filter((decision) => decision.kind === 'discard');
    const calls = decisions.filter((decision) => decision.kind === 'invoke').map((call) => call.batch);
    for (const discard of discards) await this.#discard(discard);
    if (discards.length > 0) return calls;
    const again: Batch[] = [];
    for (const call of calls) again.push(...(await this.#call(call)));
    return again;
  }

  async #call(batch: Batch): Promise<readonly Batch[]> {
    const verdict = await this.#invoke(batch);
    const decisions = decideRetry(batch, verdict, this.#settings.retryPolicy, this.#deps.random());
    if (decisions.some(({ kind }) => kind === 'retry' || kind === 'bisect')) this.#turn.announceRetry();
    const again: Batch[] = [];
    for (const retryDecision of decisions) again.push(...(await this.#carryOut(retryDecision)));
    return again;
  }

  async #carryOut(decision: RetryDecision): Promise<readonly Batch[]> {
    switch (decision.kind) {
      case 'resolve':
        this.#resolve(decision.records);
        return [];
      case 'discard':
        await this.#discard(decision);
        return [];
      case 'bisect':
        return decision.halves;
      case 'retry':
        await this.#wait(decision.delayMs);
        return [decision.batch];
    }
  }

  /** Waits until the time is over, the poller stops, or nothing waits for the batch any more. */
  async #wait(ms: number): Promise<void> {
    const leases = [...this.#turn.leases.values()];
    const allEnded = new AbortController();
    const end = (): void => {
      if (leases.every(({ ended }) => ended)) allEnded.abort();
    };
    for (const { ending } of leases) ending.addEventListener('abort', end);
    end();
    await this.#deps.delay(ms, AbortSignal.any([this.#turn.stopping, allEnded.signal]));
    for (const { ending } of leases) ending.removeEventListener('abort', end);
  }

  async #invoke(batch: Batch): Promise<BatchVerdict> {
    this.#turn.beginCall();
    const call = callOf(batch, this.#deps.nextCall(), this.#deps.now());
    this.#deps.emit({ type: 'called', call });
    const result = await this.#deps.invoke(buildKafkaEvent(this.#settings.origin, batch.records));
    this.#turn.endCall();
    const verdict = readBatchResponse(result, batch.records, this.#settings.responsePolicy);
    const requestId = 'call' in result ? result.call.requestId : undefined;
    this.#deps.emit({ type: 'called', call: { ...call, end: endOf(verdict, requestId, this.#deps.now()) } });
    this.#count(invocationCounts(batch, verdict));
    const problem = result.kind === 'unreachable' ? result.problem : undefined;
    this.#deps.emit({
      type: 'processed',
      result: processingResult(verdict),
      ...(problem === undefined ? {} : { problem }),
    });
    this.#logVerdict(verdict);
    return verdict;
  }

  async #discard(discard: Discard): Promise<void> {
    const records = discard.batch.records.filter(({ partition }) => this.#owns(partition));
    if (records.length === 0) return;
    const delivery = await this.#deps.sendToDestination({ ...discard, batch: { ...discard.batch, records } });
    this.#count(discardCounts(records.length, delivery));
    this.#log('ERROR', discard.condition, describeGivenUp(records, delivery));
    this.#resolve(records);
  }

  #resolve(records: readonly QueuedRecord[]): void {
    for (const [partition, offsets] of offsetsByPartition(records)) {
      this.#turn.leases.get(partition)?.progress.resolve(offsets);
    }
    this.#committed = this.#deps.commitLeases(this.#turn.leases.values(), this.#turn.stopping);
  }

  /** Returns the batch without the records of partitions that were lost in the meantime. */
  #owned(batch: Batch): Batch {
    if ([...this.#turn.leases.values()].every(({ ended }) => !ended)) return batch;
    return { ...batch, records: batch.records.filter(({ partition }) => this.#owns(partition)) };
  }

  #owns(partition: number): boolean {
    return this.#turn.leases.get(partition)?.ended === false;
  }

  #logVerdict(verdict: BatchVerdict): void {
    if (verdict.kind === 'allFailed') this.#log('WARN', verdict.cause, `batch failed: ${verdict.message}`);
    else if (verdict.kind === 'notReached')
      this.#log('WARN', verdict.cause, `function not reached: ${verdict.message}`);
    else for (const { code, message } of verdict.warnings) this.#log('WARN', code, message);
  }

  #log(level: LogLevel, code: string, message: string): void {
    this.#deps.emit({ type: 'log', level, code, message });
  }

  #count(counts: PollerCounts): void {
    this.#deps.emit({ type: 'counted', counts });
  }
}

function offsetsByPartition(records: readonly QueuedRecord[]): ReadonlyMap<number, readonly number[]> {
  const byPartition = new Map<number, number[]>();
  for (const { partition, offset } of records) {
    const offsets = byPartition.get(partition);
    if (offsets === undefined) byPartition.set(partition, [offset]);
    else offsets.push(offset);
  }
  return byPartition;
}

function processingResult(verdict: BatchVerdict): string {
  if (verdict.kind === 'allFailed') return 'PROBLEM: Function call failed';
  return verdict.kind === 'notReached'
    ? `PROBLEM: Function not reached (${verdict.cause}). ${verdict.message}`
    : 'OK';
}

/** @see https://docs.aws.amazon.com/lambda/latest/dg/monitoring-metrics-types.html (event source mapping metrics) */
function invocationCounts({ records }: Batch, verdict: BatchVerdict): PollerCounts {
  switch (verdict.kind) {
    case 'notReached':
      return { InvokeErrorCount: 1 };
    case 'allFailed':
      return {
        InvokedEventCount: records.length,
        FailedInvokeEventCount: records.length,
        InvokeErrorCount: 1,
      };
    case 'someFailed':
      return { InvokedEventCount: records.length, FailedInvokeEventCount: verdict.failed.length };
    case 'succeeded':
      return { InvokedEventCount: records.length };
  }
}

function discardCounts(records: number, delivery: DeliveryResult): PollerCounts {
  switch (delivery.kind) {
    case 'delivered':
      return { OnFailureDestinationDeliveredEventCount: records };
    case 'noDestination':
      return { DroppedEventCount: records };
    case 'failed':
      return {
        DroppedEventCount: records,
        DestinationDeliveryFailures: 1,
        OnFailureDestinationDeliveryErrorCount: 1,
      };
  }
}
