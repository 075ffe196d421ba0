import { parseEventSourceMapping } from '../../../local/event-source-mapping/configuration/parse-event-source-mapping.ts';
import type { MappingContext } from '../../../local/event-source-mapping/configuration/mapping-rules.ts';
import { newBatch, type Batch } from '../../../local/event-source-mapping/batch/batch.ts';
import type { EventOrigin } from '../../../local/event-source-mapping/batch/build-kafka-event.ts';
import { emulatorOptions } from '../../../local/event-source-mapping/configuration/emulator-options.ts';
import type { EventSourceMappingSpec } from '../../../local/event-source-mapping/configuration/event-source-mapping-spec.ts';
import type { FunctionCall } from '../../../local/event-source-mapping/batch/function-call.ts';
import type { PolledRecord } from '../../../local/event-source-mapping/record/polled-record.ts';
import {
  toQueuedRecord,
  type QueuedRecord,
} from '../../../local/event-source-mapping/record/queued-record.ts';
import type { RetryPolicy } from '../../../local/event-source-mapping/retry/retry-policy.ts';

export const CLUSTER_ARN = 'arn:aws:kafka:eu-central-1:123456789012:cluster/demo/8f2c';

/** The time of every record, and of now where a test does not say another: 2026-01-02T03:04:05.678Z. */
export const NOW = 1_767_323_045_678;

export function aPolledRecord(overrides: Partial<PolledRecord> = {}): PolledRecord {
  return {
    topic: 't',
    partition: 0,
    offset: 5,
    timestamp: NOW,
    timestampType: 'CREATE_TIME',
    key: Buffer.from('key'),
    value: Buffer.from('value'),
    headers: [],
    ...overrides,
  };
}

export function aQueuedRecord(overrides: Partial<PolledRecord> = {}): QueuedRecord {
  return toQueuedRecord(aPolledRecord(overrides), 'omit');
}

/** Records of one partition with these offsets. */
export function records(offsets: readonly number[], overrides: Partial<PolledRecord> = {}): QueuedRecord[] {
  return offsets.map((offset) => aQueuedRecord({ ...overrides, offset }));
}

/** The whole numbers from `from` to `to`, both included. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index);
}

export function aBatch(batchRecords: readonly QueuedRecord[], overrides: Partial<Batch> = {}): Batch {
  return { ...newBatch(batchRecords), ...overrides };
}

export function anOrigin(overrides: Partial<EventOrigin> = {}): EventOrigin {
  return { eventSourceArn: CLUSTER_ARN, bootstrapServers: ['b-1:9098', 'b-2:9098'], ...overrides };
}

export function aCall(overrides: Partial<FunctionCall> = {}): FunctionCall {
  return { requestId: 'request-1', statusCode: 200, executedVersion: '$LATEST', ...overrides };
}

export function aPolicy(overrides: Partial<RetryPolicy> = {}): RetryPolicy {
  return {
    maximumRetries: 'unlimited',
    maximumRecordAgeMs: 'unlimited',
    maximumPayloadBytes: 6_291_456,
    bisectBatchOnFunctionError: false,
    partialRetryScope: 'records',
    bisectUsesRetries: false,
    bisectOnPartialResponse: false,
    backoff: { baseMs: 100, maximumMs: 30_000 },
    ...overrides,
  };
}

/** The least a provisioned mapping needs, as a template writes it. */
export function properties(overrides: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    FunctionName: 'billing',
    EventSourceArn: CLUSTER_ARN,
    Topics: ['orders'],
    StartingPosition: 'TRIM_HORIZON',
    ProvisionedPollerConfig: { MinimumPollers: 1 },
    ...overrides,
  };
}

export function aContext(overrides: Partial<MappingContext> = {}): MappingContext {
  return { mappingId: 'mapping-uuid', now: NOW, options: emulatorOptions(), ...overrides };
}

export function aSpec(
  overrides: Readonly<Record<string, unknown>> = {},
  context: Partial<MappingContext> = {},
): EventSourceMappingSpec {
  const spec = parseEventSourceMapping(properties(overrides), aContext(context));
  if (!spec.ok) throw new Error(`The test's mapping is refused: ${JSON.stringify(spec.error)}`);
  return spec.value;
}
