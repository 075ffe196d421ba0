/*
 * Stands in for DynamoDB in a process of its own: keeps items in memory, holds conditions and answers after the time that DynamoDB
 * takes. GET gives the requests since the last time, by operation; POST /stock forgets all items and puts stock there.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { type Input, MockTables } from './mock-tables.ts';

/** Milliseconds of one call, of one statement more in it, of one transaction and of one item more in that. */
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

/** More exact than a timer, which wakes up a millisecond late. */
async function passed(ms: number): Promise<void> {
  const end = performance.now() + ms;
  const rough = Math.floor(ms) - 1;
  if (rough > 0) await new Promise((resolve) => setTimeout(resolve, rough));
  while (performance.now() < end) await new Promise((resolve) => setImmediate(resolve));
}
