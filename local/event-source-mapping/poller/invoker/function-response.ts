import * as z from 'zod';
import type { FunctionCall } from '../../batch/function-call.ts';
import type { InvocationResult } from '../../retry/invocation-result.ts';

/**
 * The timeout of a call: the longest function timeout with a Kafka mapping is 14 minutes, and the call itself may
 * take a little longer.
 */
export const CALL_TIMEOUT_MS = 15 * 60_000;

/** The answer of the Invoke API after the function ran. */
export interface InvokeAnswer {
  readonly requestId: string | undefined;
  readonly statusCode: number | undefined;
  readonly executedVersion: string | undefined;
  /** Set exactly when the function failed. */
  readonly functionError: string | undefined;
  readonly payload: string;
}

/** Reads the answer of the Invoke API after the function ran. */
export function resultOf({ payload, functionError, ...answer }: InvokeAnswer): InvocationResult {
  const call: FunctionCall = {
    requestId: answer.requestId ?? '',
    statusCode: answer.statusCode ?? 200,
    executedVersion: answer.executedVersion ?? '$LATEST',
  };
  if (functionError === undefined) return { kind: 'returned', call, payload };
  return {
    kind: 'functionError',
    call: { ...call, functionError: functionError === 'Handled' ? 'Handled' : 'Unhandled' },
    message: errorType(payload),
  };
}

const errorDocument = z.object({ errorType: z.string() });

/**
 * Returns the type of a function error. The function's message may quote a record, so it stays in the function's log.
 */
function errorType(payload: string): string {
  return documentIn(payload, errorDocument)?.errorType ?? 'an error without a document';
}

/** Reads a JSON document; undefined for text that is none, and for a document of another form. */
export function documentIn<T>(text: string, schema: z.ZodType<T>): T | undefined {
  try {
    return schema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
