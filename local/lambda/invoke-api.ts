import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { CHECKED_JSON_HEADER } from '../helpers/checked-json.ts';
import { parseFunctionReference } from './function-name.ts';
import type { FunctionReference } from './function-name.ts';
import { MAX_EVENT_REQUEST_BYTES, MAX_REQUEST_BYTES } from './limits.ts';
import { readBody } from './read-body.ts';
import {
  invalidParameter,
  payloadNotJson,
  requestTooLarge,
  serviceFault,
  ServiceError,
  unknownOperation,
} from './service-errors.ts';

const INVOCATION_TYPES = ['RequestResponse', 'Event', 'DryRun'] as const;

/** Whether the caller waits for the response, queues an event, or only asks whether it might invoke. */
type InvocationType = (typeof INVOCATION_TYPES)[number];

/** An Invoke request whose form is right. */
export interface InvokeRequest {
  readonly requestId: string;
  readonly functionName: string;
  readonly qualifier?: string;
  readonly invocationType: InvocationType;
  readonly payload: Buffer;
  readonly wantsLogTail: boolean;
  /** JSON. */
  readonly clientContext?: string;
  readonly traceHeader?: string;
}

/** What an invocation gave, as far as the caller wants to know it. */
export interface InvokeResponse {
  readonly payload: Buffer;
  readonly isFunctionError: boolean;
  readonly logTail?: Buffer;
}

export interface InvokeApiOptions {
  /** Rejects with a `ServiceError` when the service refuses. Gives undefined when the caller waits for no response. */
  readonly invoke: (request: InvokeRequest) => Promise<InvokeResponse | undefined>;
  readonly newId: () => string;
}

const INVOKE_PATH = /^\/2015-03-31\/functions\/(?<reference>[^/]+)\/invocations\/?$/;

/**
 * Lambda's Invoke API over HTTP. Signatures are not checked, so any credentials do.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html
 */
export function createInvokeApi({ invoke, newId }: InvokeApiOptions): RequestListener {
  return (request, response) => {
    const requestId = newId();
    response.setHeader('X-Amzn-RequestId', requestId);
    answer(request, response, { invoke, requestId }).catch((error: unknown) => sendError(response, error));
  };
}

interface Exchange extends Pick<InvokeApiOptions, 'invoke'> {
  readonly requestId: string;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { invoke, requestId }: Exchange,
): Promise<void> {
  const invokeRequest = await readRequest(request, requestId);
  const result = await invoke(invokeRequest);
  if (result === undefined) sendAccepted(response, invokeRequest.invocationType);
  else sendResult(response, result);
}

async function readRequest(request: IncomingMessage, requestId: string): Promise<InvokeRequest> {
  const url = new URL(request.url ?? '/', 'http://lambda.local');
  const reference = INVOKE_PATH.exec(url.pathname)?.groups?.['reference'];
  if (request.method !== 'POST' || reference === undefined) {
    throw unknownOperation(request.method ?? '', url.pathname);
  }
  const invocationType = readInvocationType(header(request, 'x-amz-invocation-type') ?? 'RequestResponse');
  const target = readTarget(reference, url.searchParams.get('Qualifier'));
  return {
    requestId,
    functionName: target.name,
    ...optional('qualifier', target.qualifier),
    invocationType,
    payload: await readPayload(request, invocationType),
    wantsLogTail: header(request, 'x-amz-log-type') === 'Tail',
    ...optional('clientContext', readClientContext(header(request, 'x-amz-client-context'))),
    ...optional('traceHeader', header(request, 'x-amzn-trace-id')),
  };
}

function readInvocationType(text: string): InvocationType {
  const type = INVOCATION_TYPES.find((known) => known === text);
  if (type === undefined) {
    throw invalidParameter(
      `The invocation type ${text} is unknown; X-Amz-Invocation-Type is one of ${INVOCATION_TYPES.join(', ')}.`,
    );
  }
  return type;
}

function readTarget(encodedReference: string, qualifier: string | null): FunctionReference {
  const text = decode(encodedReference);
  const reference = parseFunctionReference(text);
  if (reference === undefined) {
    throw invalidParameter(
      `${text} is no function name; expected a name of letters, digits, - and _, a function ARN, ` +
        'or <account>:function:<name>.',
    );
  }
  if (qualifier === null) return reference;
  if (reference.qualifier !== undefined && reference.qualifier !== qualifier) {
    throw invalidParameter(
      'The derived qualifier from the function name does not match the specified qualifier.',
    );
  }
  return { name: reference.name, qualifier };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

async function readPayload(request: IncomingMessage, type: InvocationType): Promise<Buffer> {
  const limit = type === 'Event' ? MAX_EVENT_REQUEST_BYTES : MAX_REQUEST_BYTES;
  const { bytes, tooLarge } = await readBody(request, limit);
  if (tooLarge) throw requestTooLarge(limit);
  if (bytes.length === 0) return Buffer.from('{}');
  if (header(request, CHECKED_JSON_HEADER) === undefined && !isJson(bytes)) throw payloadNotJson();
  return bytes;
}

function isJson(bytes: Buffer): boolean {
  try {
    JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return true;
  } catch {
    return false;
  }
}

function readClientContext(base64: string | undefined): string | undefined {
  if (base64 === undefined) return undefined;
  const json = Buffer.from(base64, 'base64');
  if (!isJson(json)) {
    throw invalidParameter('X-Amz-Client-Context does not hold JSON; send a JSON object in base64.');
  }
  return asHeaderValue(JSON.stringify(JSON.parse(json.toString())));
}

/** The same JSON in ASCII, which is all that a header holds. */
function asHeaderValue(json: string): string {
  return json.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

function sendResult(response: ServerResponse, result: InvokeResponse): void {
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': result.payload.length,
    'X-Amz-Executed-Version': '$LATEST',
    ...(result.isFunctionError ? { 'X-Amz-Function-Error': 'Unhandled' } : {}),
    ...(result.logTail === undefined ? {} : { 'X-Amz-Log-Result': result.logTail.toString('base64') }),
  });
  response.end(result.payload);
}

function sendAccepted(response: ServerResponse, type: InvocationType): void {
  response.writeHead(type === 'DryRun' ? 204 : 202, { 'X-Amz-Executed-Version': '$LATEST' });
  response.end();
}

function sendError(response: ServerResponse, error: unknown): void {
  if (response.headersSent || response.destroyed) return;
  const { status, type, body } = error instanceof ServiceError ? error : unexpected(error);
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
    'X-Amzn-ErrorType': type,
  });
  response.end(text);
}

function unexpected(error: unknown): ServiceError {
  return serviceFault(error instanceof Error ? error.message : String(error));
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}

function optional<K extends string>(key: K, value: string | undefined): Partial<Record<K, string>> {
  const entry: Partial<Record<K, string>> = {};
  if (value !== undefined) entry[key] = value;
  return entry;
}
