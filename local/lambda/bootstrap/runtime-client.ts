import { Agent, request } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { ErrorBody } from './error-body.ts';

/** An event, still in its JSON form, and the headers that describe it. */
export interface ReceivedInvocation {
  readonly headers: IncomingHttpHeaders;
  readonly event: string;
}

/** The runtime's side of the Runtime API. */
export interface RuntimeClient {
  /** Resolves when there is something to do, which may take for ever. */
  readonly next: () => Promise<ReceivedInvocation>;
  /** Resolves with the next invocation, as `next` does; `undefined` when the response was refused. */
  readonly respond: (requestId: string, json: string) => Promise<ReceivedInvocation | undefined>;
  readonly fail: (requestId: string, error: ErrorBody) => Promise<void>;
  readonly failInitialization: (error: ErrorBody) => Promise<void>;
}

interface Call {
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Where the Runtime API is, in the parts that cost `request` no parsing. */
interface Connection {
  readonly agent: Agent;
  readonly host: string;
  readonly port: string;
}

const PREFIX = '/2018-06-01/runtime';

/**
 * Speaks to the Runtime API at `host:port` over one connection.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html
 */
export function createRuntimeClient(address: string): RuntimeClient {
  const [host = '', port = ''] = address.split(':');
  const connection = { agent: new Agent({ keepAlive: true, maxSockets: 1 }), host, port };
  const post = async (path: string, body: string, headers: Record<string, string>): Promise<Answer> =>
    call(connection, { method: 'POST', path: `${PREFIX}${path}`, body, headers });
  return {
    next: async () => call(connection, { method: 'GET', path: `${PREFIX}/invocation/next` }),
    respond: async (requestId, json) => {
      const headers = { ...memoryHeader(), 'X-Msk-Local-Next': 'true' };
      const answer = await post(`/invocation/${requestId}/response`, json, headers);
      return answer.status === 200 ? answer : undefined;
    },
    fail: async (requestId, error) => {
      const headers = { ...errorHeader(error), ...memoryHeader() };
      await post(`/invocation/${requestId}/error`, JSON.stringify(error), headers);
    },
    failInitialization: async (error) => {
      await post('/init/error', JSON.stringify(error), errorHeader(error));
    },
  };
}

/** Lambda's platform sees how much memory an environment used; this host has to be told. */
function memoryHeader(): Record<string, string> {
  return { 'X-Max-Memory-Used-Mb': String(Math.ceil(process.resourceUsage().maxRSS / 1024)) };
}

function errorHeader({ errorType }: ErrorBody): Record<string, string> {
  return { 'Lambda-Runtime-Function-Error-Type': encodeURIComponent(errorType) };
}

interface Answer extends ReceivedInvocation {
  readonly status: number | undefined;
}

async function call(connection: Connection, { method, path, body, headers }: Call): Promise<Answer> {
  const { promise, resolve, reject } = Promise.withResolvers<Answer>();
  const sent = request(
    { ...connection, method, path, headers: { ...headers, ...bodyHeaders(body) } },
    (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const { statusCode: status, headers: received } = response;
        resolve({ status, headers: received, event: Buffer.concat(chunks).toString() });
      });
      response.on('error', reject);
    },
  );
  sent.on('error', reject);
  sent.end(body);
  return promise;
}

function bodyHeaders(body: string | undefined): Record<string, string | number> {
  if (body === undefined) return {};
  return { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) };
}
