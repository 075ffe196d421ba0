/*
 * A mock of DynamoDB and SQS in its own process. It keeps items in memory, checks conditions and answers after DynamoDB's
 * typical time. GET returns the requests since the last GET, by operation; POST /stock deletes all items and sets the
 * stock.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Input, MockTables } from './mock-tables.ts';

/** Milliseconds of one call, of each further statement in it, of one transaction, and of each further item in that. */
const CALL_MS = 7.5;
const STATEMENT_MS = 0.2;
const TRANSACTION_MS = 25;
const ACTION_MS = 0.34;

let tables = new MockTables({});
let counts: Record<string, number> = {};

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    response.writeHead(500).end(String(error));
  });
});
server.keepAliveTimeout = 0;
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.send?.({ port: address.port });
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request);
  if (request.method === 'GET') {
    response.end(JSON.stringify(counts));
    counts = {};
    return;
  }
  if (request.url === '/stock') {
    tables = new MockTables(JSON.parse(body) as Readonly<Record<string, number>>);
    response.end();
    return;
  }
  const operation = String(request.headers['x-amz-target']).split('.').at(-1) ?? '';
  counts[operation] = (counts[operation] ?? 0) + 1;
  const { status, content, parts } = tables.apply(operation, JSON.parse(body) as Input);
  await passed(
    operation === 'TransactWriteItems' ? TRANSACTION_MS + ACTION_MS * parts : CALL_MS + STATEMENT_MS * parts,
  );
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(content));
}

/** Waits more precisely than a timer, which fires a millisecond late. */
async function passed(ms: number): Promise<void> {
  const end = performance.now() + ms;
  const rough = Math.floor(ms) - 1;
  if (rough > 0) await new Promise((resolve) => setTimeout(resolve, rough));
  while (performance.now() < end) await new Promise((resolve) => setImmediate(resolve));
}
