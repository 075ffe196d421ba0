import { MAX_RESPONSE_BYTES } from './limits.ts';

/** The body of a response with `X-Amz-Function-Error`. */
export interface FunctionErrorBody {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace?: readonly string[];
}

/** How a process ended: with an exit status, or by a signal. */
export type ProcessExit = { readonly status: number } | { readonly signal: string };

/** @see https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html#troubleshooting-timeouts */
export function timedOut(requestId: string, timeoutSeconds: number): FunctionErrorBody {
  return {
    errorType: 'Sandbox.Timedout',
    errorMessage: `RequestId: ${requestId} Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
  };
}

/**
 * An execution environment whose process ended before it answered: an exit, a crash, or no memory left.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/troubleshooting-invocation.html#troubleshooting-invocation-exit
 */
export function exited(requestId: string, exit: ProcessExit): FunctionErrorBody {
  return {
    errorType: 'Runtime.ExitError',
    errorMessage: `RequestId: ${requestId} Error: ${exitReason(exit)}`,
  };
}

export function responseTooLarge(): FunctionErrorBody {
  return {
    errorType: 'Function.ResponseSizeTooLarge',
    errorMessage: `Response payload size exceeded maximum allowed payload size (${MAX_RESPONSE_BYTES} bytes).`,
  };
}

/** Lambda names a signal by the text that the system has for it. */
const SIGNAL_NAMES = new Map([
  ['SIGABRT', 'aborted'],
  ['SIGBUS', 'bus error'],
  ['SIGFPE', 'floating point exception'],
  ['SIGHUP', 'hangup'],
  ['SIGILL', 'illegal instruction'],
  ['SIGINT', 'interrupt'],
  ['SIGKILL', 'killed'],
  ['SIGSEGV', 'segmentation fault'],
  ['SIGTERM', 'terminated'],
  ['SIGTRAP', 'trace/breakpoint trap'],
]);

function exitReason(exit: ProcessExit): string {
  if ('signal' in exit) {
    return `Runtime exited with error: signal: ${SIGNAL_NAMES.get(exit.signal) ?? exit.signal}`;
  }
  if (exit.status === 0) return 'Runtime exited without providing a reason';
  return `Runtime exited with error: exit status ${exit.status}`;
}
