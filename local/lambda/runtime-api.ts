import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './read-body.ts';
import { listenOnLoopback } from './listen-on-loopback.ts';

/** One event on its way to a function. */
export interface Invocation {
  readonly requestId: string;
  readonly payload: Buffer;
  /** Epoch milliseconds. */
  readonly deadlineMs: number;
  readonly functionArn: string;
  readonly traceId: string;
  /** JSON, when the caller sent any. */
  readonly clientContext?: string;
}

/** What the Runtime API says to an answer. */
export type AnswerVerdict = 'accepted' | 'tooLarge' | 'unknownRequest';

/** What the runtime inside an execution environment reports. */
export interface RuntimeListener {
  /** The runtime is idle; whoever has an event hands it to `deliver`. */
  readonly next: (deliver: (invocation: Invocation) => void) => void;
  readonly response: (requestId: string, body: Buffer) => AnswerVerdict;
  readonly error: (requestId: string, body: Buffer) => AnswerVerdict;
  readonly initError: (body: Buffer) => void;
  /** The largest resident size so far, from a runtime that tells it (ours does, AWS's own has no need to). */
  readonly memoryUsed: (megabytes: number) => void;
}

/** The Runtime API of one execution environment. */
export interface RuntimeApi {
  /** `host:port`, as `AWS_LAMBDA_RUNTIME_API` wants it. */
  readonly address: string;
  readonly close: () => void;
}

const PREFIX = '/2018-06-01/runtime';
const ANSWER = new RegExp(`^${PREFIX}/invocation/(?<requestId>[^/]+)/(?<kind>response|error)$`);

/** The header in which our own runtime reports its memory, in MB. */
const MEMORY_HEADER = 'x-max-memory-used-mb';

/**
 * The header with which our own runtime asks for the next invocation in the answer to its response. It saves every
 * second request; AWS's own runtime client asks with `GET next` alone.
 */
const NEXT_HEADER = 'x-msk-local-next';

/**
 * Serves the Runtime API on loopback. Each execution environment has a server of its own, as on Lambda: the runtime
 * is told nothing but an address, so the address must say which environment is calling.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export async function startRuntimeApi(listener: RuntimeListener): Promise<RuntimeApi> {
  const server = createServer((request, response) => {
    route(request, response, listener).catch(() => response.destroy());
  });
  // A function may compute for minutes between two requests on the same connection.
  server.keepAliveTimeout = 0;
  const port = await listenOnLoopback(server, 0);
  return {
    address: `127.0.0.1:${port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function route(
  request: IncomingMessage,
  response: ServerResponse,
  listener: RuntimeListener,
): Promise<void> {
  const path = request.url ?? '';
  if (request.method === 'GET' && path === `${PREFIX}/invocation/next`) {
    listener.next((invocation) => sendInvocation(response, invocation));
    return;
  }
  const body = (await readBody(request, Infinity)).bytes;
  if (request.method === 'POST' && path === `${PREFIX}/init/error`) {
    listener.initError(body);
    send(response, 202, { status: 'OK' });
    return;
  }
  const answer = request.method === 'POST' ? ANSWER.exec(path)?.groups : undefined;
  if (answer === undefined) {
    send(response, 404, { errorMessage: `No ${request.method} ${path}`, errorType: 'NotFound' });
    return;
  }
  reportMemory(request, listener);
  const report = answer['kind'] === 'error' ? listener.error : listener.response;
  const verdict = report(decodeURIComponent(answer['requestId'] ?? ''), body);
  if (verdict === 'accepted' && request.headers[NEXT_HEADER] !== undefined) {
    listener.next((invocation) => sendInvocation(response, invocation));
  } else {
    sendVerdict(response, verdict);
  }
}

function reportMemory(request: IncomingMessage, listener: RuntimeListener): void {
  const header = request.headers[MEMORY_HEADER];
  if (typeof header === 'string') listener.memoryUsed(Number(header));
}

/** The official client fails without the content type and the trace id. */
function sendInvocation(response: ServerResponse, invocation: Invocation): void {
  response.writeHead(200, {
    'Content-Type': 'application/json',
    'Content-Length': invocation.payload.length,
    'Lambda-Runtime-Aws-Request-Id': invocation.requestId,
    'Lambda-Runtime-Deadline-Ms': invocation.deadlineMs,
    'Lambda-Runtime-Invoked-Function-Arn': invocation.functionArn,
    'Lambda-Runtime-Trace-Id': invocation.traceId,
    ...(invocation.clientContext === undefined
      ? {}
      : { 'Lambda-Runtime-Client-Context': invocation.clientContext }),
  });
  response.end(invocation.payload);
}

function sendVerdict(response: ServerResponse, verdict: AnswerVerdict): void {
  switch (verdict) {
    case 'accepted':
      send(response, 202, { status: 'OK' });
      return;
    case 'tooLarge':
      send(response, 413, {
        errorMessage: 'Exceeded maximum allowed payload size (6291556 bytes).',
        errorType: 'RequestEntityTooLarge',
      });
      return;
    case 'unknownRequest':
      send(response, 400, { errorMessage: 'Invalid request ID', errorType: 'InvalidRequestID' });
  }
}

function send(response: ServerResponse, status: number, body: Readonly<Record<string, string>>): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}
