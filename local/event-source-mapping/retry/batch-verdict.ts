import type { TopicPartitionOffset } from '../record/topic-partition.ts';
import type { FunctionCall } from '../batch/function-call.ts';

/** A mistake in a response that its author should fix. It names types and coordinates, never record content. */
export interface ResponseWarning {
  readonly code:
    | 'EMPTY_RESPONSE'
    | 'NO_BATCH_ITEM_FAILURES'
    | 'NOT_JSON'
    | 'NOT_AN_OBJECT'
    | 'NOT_A_LIST'
    | 'BAD_IDENTIFIER'
    | 'STRING_OFFSET'
    | 'UNKNOWN_PARTITION'
    | 'UNKNOWN_OFFSET';
  readonly message: string;
}

/** The verdict of an invocation about each record of its batch. */
export type BatchVerdict =
  | { readonly kind: 'succeeded'; readonly warnings: readonly ResponseWarning[] }
  /** `failed`: at least one record, each once, all of them in the batch, in event order. */
  | {
      readonly kind: 'someFailed';
      readonly call: FunctionCall;
      readonly failed: readonly TopicPartitionOffset[];
      readonly warnings: readonly ResponseWarning[];
    }
  /** `message` of a function error is the function's own text, which may quote a record: not for logs. */
  | {
      readonly kind: 'allFailed';
      readonly call: FunctionCall;
      readonly cause: 'functionError' | 'invalidResponse';
      readonly message: string;
      readonly warnings: readonly ResponseWarning[];
    }
  /** The batch did not reach the function, so no retry is used. */
  | { readonly kind: 'notReached'; readonly cause: 'throttled' | 'unreachable'; readonly message: string };
