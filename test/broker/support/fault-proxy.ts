import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { listenOnLoopback } from '../../../local/lambda/listen-on-loopback.ts';

/** Stands before an AWS endpoint and lets some of its requests fail. */
export interface FaultProxy {
  readonly endpoint: string;
  /** Requests that were answered 500. */
  readonly failed: number;
  /** From now on all requests go through. */
  heal(): void;
  close(): Promise<void>;
}

/** Answers 500 to each request whose body has the text, and hands on the others. */
export async function startFaultProxy(target: string, text: string): Promise<FaultProxy> {
  let failed = 0;
  let healed = false;
  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await buffer(incoming);
    if (!healed && body.includes(text)) {
      failed += 1;
      response.writeHead(500, { 'Content-Type': 'application/x-amz-json-1.0' });
      response.end('{"__type":"InternalServerError","message":"fault"}');
      return;
    }
    forward(incoming, body, { target, response });
  };
  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy());
  });
  const port = await listenOnLoopback(server, 0);
  return {
    endpoint: `http://127.0.0.1:${port}`,
    get failed() {
      return failed;
    },
    heal: () => {
      healed = true;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

function forward(
  { method, url, headers }: IncomingMessage,
  body: Buffer,
  { target, response }: { readonly target: string; readonly response: ServerResponse },
): void {
  const outgoing = request(new URL(url ?? '/', target), { method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  outgoing.once('error', () => response.destroy());
  outgoing.end(body);
}
