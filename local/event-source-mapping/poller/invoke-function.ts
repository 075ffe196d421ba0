import {
  InvokeCommand,
  LambdaClient,
  LambdaServiceException,
  TooManyRequestsException,
} from '@aws-sdk/client-lambda';
import * as z from 'zod';
import type { InvocationResult } from '../retry/invocation-result.ts';
import { problemOf } from '../retry/mapping-problem.ts';
import { onceClient } from './once-client.ts';

/**
 * The timeout of a call: the longest function timeout with a Kafka mapping is 14 minutes, and the call itself may
 * take a little longer.
 */
const CALL_TIMEOUT_MS = 15 * 60_000;

/** Sends one event to the mapping's function and waits for its end. Never throws. */
export type InvokeFunction = (event: string) => Promise<InvocationResult>;

/** Calls Lambda's Invoke API once per attempt, because the retry decision handles retries. */
export function createInvoker(settings: {
  readonly functionName: string;
  readonly lambdaEndpoint: string;
  readonly region: string;
}): InvokeFunction {
  const client = new LambdaClient({
    ...onceClient({ endpoint: settings.lambdaEndpoint, region: settings.region }),
    requestHandler: { requestTimeout: CALL_TIMEOUT_MS, throwOnRequestTimeout: true },
  });
  return async (event) => {
    try {
      const response = await client.send(
        new InvokeCommand({ FunctionName: settings.functionName, Payload: event }),
      );
      const payload = response.Payload?.transformToString() ?? '';
      const call = {
        requestId: response.$metadata.requestId ?? '',
        statusCode: response.StatusCode ?? 200,
        executedVersion: response.ExecutedVersion ?? '$LATEST',
      };
      return response.FunctionError === undefined
        ? { kind: 'returned', call, payload }
        : {
            kind: 'functionError',
            call: { ...call, functionError: response.FunctionError === 'Handled' ? 'Handled' : 'Unhandled' },
            message: errorType(payload),
          };
    } catch (error) {
      return notReached(error);
    }
  };
}

function notReached(error: unknown): InvocationResult {
  const message = error instanceof Error ? error.message : String(error);
  const throttled =
    error instanceof TooManyRequestsException ||
    (error instanceof LambdaServiceException && error.$metadata.httpStatusCode === 429);
  if (throttled) return { kind: 'throttled', message };
  const problem = problemOf(error);
  return { kind: 'unreachable', message, ...(problem === undefined ? {} : { problem }) };
}

const errorDocument = z.object({ errorType: z.string() });

/**
 * Returns the type of a function error. The function's message may quote a record, so it stays in the function's log.
 */
function errorType(payload: string): string {
  const parsed = errorDocument.safeParse(parseJson(payload));
  return parsed.success ? parsed.data.errorType : 'an error without a document';
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
