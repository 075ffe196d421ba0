import { AsyncLocalStorage } from 'node:async_hooks';
import { ANSWER_RESERVE_MS, type Deadline } from '../kernel/deadline.ts';

const invocations = new AsyncLocalStorage<Deadline>();

/** Runs the work of an invocation. Its calls through {@link endWithInvocation} know the deadline. */
export function duringInvocation<T>(deadline: Deadline, work: () => T): T {
  return invocations.run(deadline, work);
}

interface CallOptions {
  readonly abortSignal?: unknown;
}

/** The part of an SDK client that puts a request on the wire: once for each attempt. */
interface ClientWithHandler {
  readonly config: {
    readonly requestHandler: {
      handle: (request: never, options?: CallOptions) => Promise<unknown>;
    };
  };
}

/**
 * Lets no request of a client outlive the invocation that makes it, whatever the client's own timeouts and retries: it
 * is aborted when only the time to answer is left, and the call fails as one without an answer.
 *
 * A request that goes on would make the function time out, and Lambda would deliver the whole batch again.
 */
export function endWithInvocation<C extends ClientWithHandler>(client: C): C {
  const { requestHandler } = client.config;
  const handle = requestHandler.handle.bind(requestHandler);
  requestHandler.handle = (request, options) =>
    handle(request, { ...options, abortSignal: options?.abortSignal ?? signalOfInvocation() });
  return client;
}

/**
 * Middleware for a client that tries again: lets none of its calls outlive the invocation. The SDK pauses before another
 * attempt, for as long as the service asks, and looks at no abort signal meanwhile. {@link endWithInvocation} aborts the
 * attempt that is made afterwards.
 * @see https://docs.aws.amazon.com/sdkref/latest/guide/feature-retry-behavior.html
 */
export function endRetriesWithInvocation<A, T>(next: (args: A) => Promise<T>): (args: A) => Promise<T> {
  return (args) => beforeItEnds(signalOfInvocation(), () => next(args));
}

async function beforeItEnds<T>(signal: AbortSignal | undefined, call: () => Promise<T>): Promise<T> {
  if (signal === undefined) return call();
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => {
    reject(signal.reason);
  };
  signal.addEventListener('abort', abort);
  try {
    return await Promise.race([call(), aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

/** Undefined outside of an invocation, as at a cold start. */
function signalOfInvocation(): AbortSignal | undefined {
  const deadline = invocations.getStore();
  if (deadline === undefined) return undefined;
  const leftMs = deadline.remainingMs() - ANSWER_RESERVE_MS;
  return leftMs > 0 ? AbortSignal.timeout(leftMs) : AbortSignal.abort();
}
