import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import withMiddleware from '@middy/core';
import type { Deadline } from '../kernel/deadline.ts';
import { runRequest } from './operations/all-operations.ts';
import type { OperationPorts } from './ports.ts';

export interface Operator {
  readonly logger: Logger;
  /** Monotonic milliseconds. */
  readonly nowMs: () => number;
  readonly withPorts: <T>(deadline: Deadline, work: (ports: OperationPorts) => Promise<T>) => Promise<T>;
}

/**
 * Whoever waits sees progress so often; what is not done by then is for another call. The function's timeout is longer by
 * what a step may take that is under way at the end: a rehearsal, an invocation of the consumer, and another rehearsal.
 */
const CALL_MS = 60_000;

/** Connects operations with Lambda. Requests are never logged, because they may contain a corrected event. */
export function operationsHandler({ logger, nowMs, withPorts }: Operator) {
  const operate = (payload: unknown): Promise<unknown> => {
    const endsAt = nowMs() + CALL_MS;
    const deadline = { remainingMs: () => endsAt - nowMs() };
    return withPorts(deadline, (ports) => runRequest(ports, payload));
  };
  return withMiddleware<unknown, unknown>(operate, { timeoutEarlyInMillis: 0 }).use(
    injectLambdaContext(logger),
  );
}
