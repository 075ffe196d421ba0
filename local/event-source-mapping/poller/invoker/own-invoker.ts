import { Agent, request, type IncomingMessage } from 'node:http';
import * as z from 'zod';
import { CHECKED_JSON_HEADER } from '../../../helpers/checked-json.ts';
import { toError } from '../../../helpers/to-error.ts';
import type { InvocationResult } from '../../retry/invocation-result.ts';
import { problemOf } from '../../retry/mapping-problem.ts';
import { CALL_TIMEOUT_MS, documentIn, resultOf } from './function-response.ts';

/**
 * Invokes through the project's own Invoke API: one request on a kept connection, without the signature that nobody
 * checks there. The SDK costs several times as much as a small batch itself.
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
  const { hostname, port } = new URL(lambdaEndpoint);
  const target = {
    agent: new Agent({ keepAlive: true, timeout: CALL_TIMEOUT_MS }),
    host: hostname,
    port,
    method: 'POST',
    path: `/2015-03-31/functions/${encodeURIComponent(functionName)}/invocations`,
  };
  return async (event) => {
    try {
      return await exchange(target, event);
    } catch (error) {
      return { kind: 'unreachable', message: toError(error).message };
    }
  };
}

type Target = Readonly<Record<'host' | 'port' | 'method' | 'path', string>> & { readonly agent: Agent };

/** @throws {Error} when there is no complete answer. */
async function exchange(target: Target, event: string): Promise<InvocationResult> {
  const { promise, resolve, reject } = Promise.withResolvers<InvocationResult>();
  const bytes = Buffer.byteLength(event);
  const sent = request(
    {
      ...target,
      headers: {
        'Content-Type': 'application/json',
        'Content-Length': bytes,
        [CHECKED_JSON_HEADER]: 'true',
      },
    },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => resolve(readAnswer(response, Buffer.concat(chunks).toString())));
    },
  );
  sent.on('error', reject);
  sent.on('timeout', () => sent.destroy(new Error(`no answer within ${CALL_TIMEOUT_MS} ms`)));
  // Text of ASCII only is the same bytes in both encodings, and is copied faster as Latin-1.
  sent.end(event, bytes === event.length ? 'latin1' : 'utf8');
  return promise;
}

function readAnswer(response: IncomingMessage, payload: string): InvocationResult {
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

function header({ headers }: IncomingMessage, name: string): string | undefined {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
}
