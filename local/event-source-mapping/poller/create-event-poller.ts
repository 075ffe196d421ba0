import { setTimeout as delay } from 'node:timers/promises';
import { MAXIMUM_PAYLOAD_BYTES } from '../batch/batcher.ts';
import type { EventOrigin } from '../batch/build-kafka-event.ts';
import { toQueuedRecord } from '../record/queued-record.ts';
import { retryPolicyOf } from '../retry/retry-policy.ts';
import { EventPoller } from './event-poller.ts';
import { createInvoker } from './invoke-function.ts';
import { createKafkaConsumer } from './consumer/kafka-consumer.ts';
import type { PollerEvent, PollerSettings } from './messages.ts';
import { pollerClientId } from './poller-client-id.ts';
import { createRunBatch } from './run-batch.ts';
import { createSendToDestination } from './send-to-destination.ts';
import { createCommitLeases } from './commit-leases.ts';
import type { FilterPattern } from '../filter/filter-pattern.ts';
import { parseFilterPattern } from '../filter/parse-filter-pattern.ts';
import { passesFilters } from '../filter/passes-filters.ts';

/** The read-ahead limit: one payload for each partition, in addition to those in flight. */
const READ_AHEAD_BYTES = MAXIMUM_PAYLOAD_BYTES;

/** The least time between the beginnings of two commits, in milliseconds. */
const COMMIT_INTERVAL_MS = 5;

/** Connects a poller to Kafka, to Lambda's Invoke API and to its destination. */
export function createEventPoller(settings: PollerSettings, emit: (event: PollerEvent) => void): EventPoller {
  const { spec, options } = settings;
  const origin = eventOrigin(settings);
  const consumer = createKafkaConsumer({
    brokers: settings.brokers,
    topic: spec.topic,
    consumerGroupId: spec.consumerGroupId,
    clientId: pollerClientId(process.pid),
    startingPosition: spec.startingPosition,
    isolationLevel: options.isolationLevel,
    batchSize: spec.batchSize,
    outOfRangeReset: options.outOfRangeReset,
    sessionTimeoutMs: settings.sessionTimeoutMs,
  });
  const commitLeases = createCommitLeases({
    consumer,
    emit,
    delay: waitOrStop,
    interval: () => delay(COMMIT_INTERVAL_MS),
  });
  const runBatch = createRunBatch(
    {
      origin,
      retryPolicy: retryPolicyOf(spec, options),
      responsePolicy: {
        reportBatchItemFailures: spec.reportBatchItemFailures,
        stringOffsets: options.stringOffsets,
      },
    },
    {
      commitLeases,
      invoke: createInvoker({ ...settings, functionName: spec.functionName }),
      sendToDestination: createSendToDestination(settings, origin),
      emit,
      now: Date.now,
      random: Math.random,
      delay: waitOrStop,
    },
  );
  const filters = readFilters(spec.filterPatterns);
  return new EventPoller(
    {
      topic: spec.topic,
      origin,
      limits: {
        batchSize: spec.batchSize,
        windowMs: spec.maximumBatchingWindowMs,
        maximumPayloadBytes: MAXIMUM_PAYLOAD_BYTES,
      },
      readAhead: { records: 2 * spec.batchSize, bytes: READ_AHEAD_BYTES },
      commitWhenAllFiltered: options.commitWhenAllFiltered,
      holdPartition: options.holdPartition,
      slots: options.callsPerPoller,
    },
    {
      consumer,
      runBatch,
      commitLeases,
      passesFilters: ({ value }) => passesFilters(value, filters),
      toQueuedRecord: (record) => toQueuedRecord(record, options.tombstone),
      emit,
      now: Date.now,
      schedule: (callback, delayMs) => {
        const timer = setTimeout(callback, delayMs);
        return () => {
          clearTimeout(timer);
        };
      },
    },
  );
}

/** Reads filter patterns, which the supervisor validated before it started this process. */
function readFilters(patterns: readonly string[]): FilterPattern[] {
  return patterns.map((text) => {
    const pattern = parseFilterPattern(text);
    if (!pattern.ok) throw new Error(`Filter pattern ${text} ${pattern.error}`);
    return pattern.value;
  });
}

function eventOrigin({ spec, bootstrapServers }: PollerSettings): EventOrigin {
  return {
    eventSourceArn: spec.source.kind === 'managed' ? spec.source.eventSourceArn : null,
    bootstrapServers: bootstrapServers.split(','),
  };
}

async function waitOrStop(ms: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(ms, undefined, { signal });
  } catch {
    // Told to stop: the wait is over.
  }
}
