import { exited, responseTooLarge, timedOut } from './function-errors.ts';
import type { FunctionErrorBody, ProcessExit } from './function-errors.ts';
import type { FailureStatus } from './platform-log.ts';

/** What a runtime answered, in its own bytes. */
export type Answer =
  | { readonly kind: 'response'; readonly body: Buffer }
  | { readonly kind: 'error'; readonly body: Buffer }
  | { readonly kind: 'tooLarge' };

/** Why an execution environment stopped running: it asked for more work, ran out of time, or its process ended. */
export type Stop =
  | { readonly kind: 'idle' }
  | { readonly kind: 'timeout' }
  | { readonly kind: 'exit'; readonly exit: ProcessExit };

/** What the caller gets: the function's response, or a function error and why. */
export interface Outcome {
  readonly payload: Buffer;
  readonly failure?: FailureStatus;
}

/** How a run ended, and the terms it ran under. */
export interface FinishedRun {
  readonly stop: Stop;
  readonly answer?: Answer | undefined;
  readonly requestId: string;
  readonly limitMs: number;
}

/** An answer counts even when the environment fails after it: the caller of Lambda has it by then. */
export function outcomeOf({ stop, answer, requestId, limitMs }: FinishedRun): Outcome {
  if (answer !== undefined) return outcomeOfAnswer(answer);
  if (stop.kind === 'timeout') return failed('timeout', timedOut(requestId, limitMs / 1000));
  return failed('error', exited(requestId, stop.kind === 'exit' ? stop.exit : { status: 0 }));
}

function outcomeOfAnswer(answer: Answer): Outcome {
  if (answer.kind === 'tooLarge') return failed('error', responseTooLarge());
  if (answer.kind === 'response') return { payload: answer.body };
  return { payload: answer.body, failure: { status: 'error', errorType: errorTypeOf(answer.body) } };
}

function failed(status: FailureStatus['status'], error: FunctionErrorBody): Outcome {
  return { payload: Buffer.from(JSON.stringify(error)), failure: { status, errorType: error.errorType } };
}

/** A runtime may report anything; what does not name its type is `Runtime.Unknown`, as on Lambda. */
function errorTypeOf(body: Buffer): string {
  try {
    const error: unknown = JSON.parse(body.toString());
    if (typeof error === 'object' && error !== null && 'errorType' in error) return String(error.errorType);
  } catch {
    // Not JSON, so it names no type.
  }
  return 'Runtime.Unknown';
}
