import type { BackoffPolicy } from '../configuration/backoff-policy.ts';
import type { EmulatorOptions } from '../configuration/emulator-options.ts';
import type { EventSourceMappingSpec } from '../configuration/event-source-mapping-spec.ts';
import { MAXIMUM_PAYLOAD_BYTES } from '../batch/batcher.ts';

/** The rules for retries of a batch; plain data. */
export interface RetryPolicy {
  /** Retries after the first attempt. */
  readonly maximumRetries: number | 'unlimited';
  readonly maximumRecordAgeMs: number | 'unlimited';
  /** Largest event in UTF-8 bytes. */
  readonly maximumPayloadBytes: number;
  readonly bisectBatchOnFunctionError: boolean;
  /** After a partial response: the listed records, or everything from the lowest listed offset of a partition. */
  readonly partialRetryScope: 'records' | 'rewind';
  readonly bisectUsesRetries: boolean;
  readonly bisectOnPartialResponse: boolean;
  readonly backoff: BackoffPolicy;
}

/**
 * The number of retries of a mapping without a limit but with a destination.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 */
const RETRIES_BEFORE_DESTINATION = 10;

/** Returns the rules of one mapping. */
export function retryPolicyOf(spec: EventSourceMappingSpec, options: EmulatorOptions): RetryPolicy {
  return {
    maximumRetries: maximumRetriesOf(spec),
    maximumRecordAgeMs:
      spec.maximumRecordAgeSeconds === 'unlimited' ? 'unlimited' : spec.maximumRecordAgeSeconds * 1000,
    maximumPayloadBytes: MAXIMUM_PAYLOAD_BYTES,
    bisectBatchOnFunctionError: spec.bisectBatchOnFunctionError,
    partialRetryScope: options.partialRetryScope,
    bisectUsesRetries: options.bisectUsesRetries,
    bisectOnPartialResponse: options.bisectOnPartialResponse,
    backoff: options.backoff,
  };
}

function maximumRetriesOf({
  maximumRetryAttempts,
  onFailure,
}: EventSourceMappingSpec): RetryPolicy['maximumRetries'] {
  if (maximumRetryAttempts !== 'unlimited' || onFailure === null) return maximumRetryAttempts;
  return RETRIES_BEFORE_DESTINATION;
}
