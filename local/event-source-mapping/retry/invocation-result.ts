import type { FunctionCall } from '../batch/function-call.ts';
import type { MappingProblem } from './mapping-problem.ts';

/**
 * The result of an invocation, as the invoker port reports it. A thrown error, an exit, a lack of memory and a
 * timeout are all a `functionError`. A throttle (HTTP 429) and a service error (5xx, no connection) never reached the
 * function.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export type InvocationResult =
  /** `payload` is the response body as text: JSON, or empty when the function's runtime sent none. */
  | { readonly kind: 'returned'; readonly call: FunctionCall; readonly payload: string }
  | { readonly kind: 'functionError'; readonly call: FunctionCall; readonly message: string }
  | { readonly kind: 'throttled'; readonly message: string }
  | { readonly kind: 'unreachable'; readonly message: string; readonly problem?: MappingProblem };
