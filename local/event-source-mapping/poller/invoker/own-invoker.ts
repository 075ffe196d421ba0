import type { IncomingHttpHeaders } from 'node:http';
import Pool from 'undici/lib/dispatcher/pool.js';
import * as z from 'zod';
import { CHECKED_JSON_HEADER } from '../../../helpers/checked-json.ts';
import { toError } from '../../../helpers/to-error.ts';
import type { InvocationResult } from '../../retry/invocation-result.ts';
import { problemOf } from '../../retry/mapping-problem.ts';
import { CALL_TIMEOUT_MS, documentIn, resultOf } from './function-response.ts';

/**
 * Invokes through the project's own Invoke API: one request on a kept connection, without the signature that nobody
 * checks there. The SDK costs several times as much as a small batch itself, and the client of `node:http` half as much
 * again as undici.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function ownInvoker({
  functionName,
  lambdaEndpoint,
}: {
  readonly functionName: string;
  readonly lambdaEndpoint: string;
}): (event: string) => Promise<InvocationResult> {
  const pool = new Pool(lambdaEndpoint, POOL);
  const path = `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`;
  return async (event) => {
    try {
      return await exchange(pool, path, event);
    } catch (error) {
      return { kind: 'unreachable', message: toError(error).message };
    }
  };
}

/** A request begins at once, whatever the number of open calls, and its connection is kept. */
const POOL = {
  connections: null,
  headersTimeout: CALL_TIMEOUT_MS,
  bodyTimeout: CALL_TIMEOUT_MS,
  keepAliveTimeout: CALL_TIMEOUT_MS,
} as const satisfies Pool.Options;

const HEADERS = { 'content-type': 'application/json', [CHECKED_JSON_HEADER]: 'true' };

/**
 * Sends a request. The handler of undici's `dispatch` costs a third less than its `request`, which makes a stream of
 * each answer.
 *
 * @throws {Error} when there is no complete answer.
 */
async function exchange(pool: Pool, path: string, body: string): Promise<InvocationResult> {
  const { promise, resolve, reject } = Promise.withResolvers<InvocationResult>();
  const chunks: Buffer[] = [];
  let answer: Answer = { statusCode: 0, headers: {} };
  pool.dispatch(
    { method: 'POST', path, headers: HEADERS, body },
    {
      onRequestStart: () => undefined,
      onResponseStart: (_controller, statusCode, headers) => {
        answer = { statusCode, headers };
      },
      onResponseData: (_controller, chunk) => {
        chunks.push(chunk);
      },
      onResponseEnd: () => {
        resolve(readAnswer(answer, Buffer.concat(chunks).toString()));
      },
      onResponseError: (_controller, error) => {
        reject(error);
      },
    },
  );
  return promise;
}

/** The status and the headers of an answer. */
interface Answer {
  readonly statusCode: number;
  readonly headers: IncomingHttpHeaders;
}

function readAnswer(response: Answer, payload: string): InvocationResult {
  const { statusCode } = response;
  if (statusCode === 200) {
    return resultOf({
      requestId: header(response, 'x-amzn-requestid'),
      statusCode,
      executedVersion: header(response, 'x-amz-executed-version'),
      functionError: header(response, 'x-amz-function-error'),
      payload,
    });
  }
  const error = serviceError(header(response, 'x-amzn-errortype') ?? `HTTP status ${statusCode}`, payload);
  if (statusCode === 429) return { kind: 'throttled', message: error.message };
  const problem = problemOf(error);
  return { kind: 'unreachable', message: error.message, ...(problem === undefined ? {} : { problem }) };
}

/** Builds the error that the SDK would throw: named by the service, with the service's message. */
function serviceError(name: string, body: string): Error {
  return Object.assign(new Error(messageOf(body) ?? name), { name });
}

const errorDocument = z.object({ message: z.string().optional(), Message: z.string().optional() });

/** Returns the message of an error's document, whose name the service writes in two ways. */
function messageOf(body: string): string | undefined {
  const document = documentIn(body, errorDocument);
  return document?.message ?? document?.Message;
}

function header({ headers }: Answer, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
