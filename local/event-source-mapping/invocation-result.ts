import type { MappingProblem } from './transition-reason.ts';

/**
 * What is known of a call that reached the function, as the on-failure document reports it.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
 */
export interface FunctionCall {
  readonly requestId: string;
  readonly statusCode: number;
  /** The version that ran, such as `$LATEST`. */
  readonly executedVersion: string;
  /** Set exactly when the function failed. `Handled` comes from older runtimes. */
  readonly functionError?: 'Handled' | 'Unhandled';
}

/**
 * How an invocation ended, as the invoker port reports it. A throw, an exit, a lack of memory and a timeout all are a
 * `functionError`; a throttle (HTTP 429) and a service error (5xx, no connection) never reached the function.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export type InvocationResult =
  /** `payload` is the response body as text: JSON, or empty when the function's runtime sent none. */
  | { readonly kind: 'returned'; readonly call: FunctionCall; readonly payload: string }
  | { readonly kind: 'functionError'; readonly call: FunctionCall; readonly message: string }
  | { readonly kind: 'throttled'; readonly message: string }
  | { readonly kind: 'unreachable'; readonly message: string; readonly problem?: MappingProblem };
