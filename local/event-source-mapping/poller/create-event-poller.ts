import { setTimeout as delay } from 'node:timers/promises';
import { MAXIMUM_PAYLOAD_BYTES } from '../batcher.ts';
import type { EventOrigin } from '../build-kafka-event.ts';
import { toQueuedRecord } from '../queued-record.ts';
import { retryPolicyOf } from '../retry-policy.ts';
import { EventPoller } from './event-poller.ts';
import { createInvoker } from './invoke-function.ts';
import { createKafkaJsConsumer } from './kafkajs-consumer.ts';
import type { PollerEvent, PollerSettings } from './messages.ts';
import { createRunBatch } from './run-batch.ts';
import { createDestination } from './send-to-destination.ts';

/** Two payloads in memory for each partition: the one in flight and the next. */
const READ_AHEAD_BYTES = MAXIMUM_PAYLOAD_BYTES;

/** Connects a poller to Kafka, to Lambda's Invoke API and to its destination. */
export function createEventPoller(settings: PollerSettings, emit: (event: PollerEvent) => void): EventPoller {
  const { spec, options } = settings;
  const origin = eventOrigin(settings);
  const consumer = createKafkaJsConsumer({
    brokers: settings.brokers,
    topic: spec.topic,
    consumerGroupId: spec.consumerGroupId,
    clientId: `event-poller-${process.pid}`,
    startingPosition: spec.startingPosition,
    isolationLevel: options.isolationLevel,
    sessionTimeoutMs: settings.sessionTimeoutMs,
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
      consumer,
      invoke: createInvoker({ ...settings, functionName: spec.functionName }),
      sendToDestination: createDestination(settings, origin),
      emit,
      now: Date.now,
      random: Math.random,
      delay: waitOrStop,
    },
  );
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
      slots: options.callsPerPoller,
    },
    {
      consumer,
      runBatch,
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
