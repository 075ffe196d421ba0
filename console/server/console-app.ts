import { Hono, type Context } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import { HTTPException } from 'hono/http-exception';
import { ExperimentError, type Experiments } from '../experiments/experiments.ts';
import { FailuresError, type Failures } from '../failures/failures.ts';
import type { ConsoleState } from '../sampling/console-state.ts';
import type { Tracer } from '../tracing/tracer.ts';
import { EventStreams } from './event-stream.ts';
import { addFailures } from './failure-routes.ts';
import { jsonBody } from './json-body.ts';
import type { PageFile } from './page-files.ts';
import { Permit } from './permit.ts';
import { isOwnOrigin, SESSION_PATH } from './refuse-request.ts';
import { SECURITY_HEADERS } from './security-headers.ts';
import { sessionPage } from './session-page.ts';

const MOST_BODY_BYTES = 16_384;
const LATEST_CALLS = 300;
const LONGEST_KEY = 256;

/** Carries the run's token of a page that may change something. */
const TOKEN_HEADER = 'x-console-token';

export interface ConsoleAppOptions {
  readonly state: ConsoleState;
  readonly files: ReadonlyMap<string, PageFile>;
  readonly runToken: string;
  readonly port: number;
  readonly experiments: Experiments;
  readonly failures: Failures;
  readonly tracer: Tracer;
}

/** The page, what it shows, and what it may change. */
export function consoleApp({
  state,
  files,
  runToken,
  port,
  experiments,
  failures,
  tracer,
}: ConsoleAppOptions): Hono {
  const app = new Hono();
  const streams = new EventStreams(state);
  app.use(async (context, next) => {
    await next();
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) context.header(name, value);
  });
  app.use(bodyLimit({ maxSize: MOST_BODY_BYTES, onError: tooLarge }));
  for (const [path, file] of files) app.get(path, (context) => sendFile(context, file));

  app.post(SESSION_PATH, async (context) => {
    const { token } = await context.req.parseBody();
    const permit = Permit.for(typeof token === 'string' ? token : undefined, runToken);
    if (permit === undefined) throw new HTTPException(403, { message: WRONG_TOKEN });
    return context.html(sessionPage(runToken));
  });

  app.get('/api/overview', (context) => context.json(state.overview));
  app.get('/api/timeline', (context) => context.json(state.timeline.list()));
  app.get('/api/history', (context) => context.json(state.history.since(numberOf(context, 'after'))));
  app.get('/api/calls', (context) =>
    context.json({ calls: state.calls.latest(LATEST_CALLS), since: state.calls.since ?? null }),
  );
  app.get('/api/access', (context) => context.json({ mayChange: permitOf(context, runToken) !== undefined }));

  app.get('/api/trace', async (context) => {
    const key = context.req.query('key') ?? '';
    if (key === '' || key.length > LONGEST_KEY) {
      throw new HTTPException(400, { message: `An order id or key has 1 to ${LONGEST_KEY} characters.` });
    }
    return context.json(await tracer.trace(key));
  });
  app.get('/api/experiments', (context) => context.json(experiments.list()));
  app.post('/api/experiments/:name', async (context) => {
    const permit = requireChange(context, { port, runToken });
    return context.json(await experiments.run(permit, context.req.param('name'), await jsonBody(context)));
  });

  app.get('/api/alarms', (context) => context.json(state.alarms));
  app.get('/api/findings', (context) => context.json(state.findings));
  addFailures(app, failures, (context) => requireChange(context, { port, runToken }));

  app.get('/api/events', (context) => {
    if (!mayListen(context, { port, runToken })) {
      throw new HTTPException(403, { message: 'The event stream is for the page of this server.' });
    }
    if (streams.isFull) {
      throw new HTTPException(503, { message: 'Too many pages are open. Close some and reload this one.' });
    }
    return streams.open(context);
  });

  app.notFound((context) => context.text('There is nothing at this address.', 404));
  app.onError(answerError);
  return app;
}

const WRONG_TOKEN =
  'This is no token of the running environment: it has ended, or another one runs. Open the page again with: npm run orders -- console';

function answerError(error: Error, context: Context): Response {
  if (error instanceof HTTPException) return context.text(error.message, error.status);
  if (error instanceof ExperimentError || error instanceof FailuresError)
    return context.text(error.message, 400);
  // What brokers and services say is for a person too; none of it holds content of a record.
  return context.text(error.message, 502);
}

/** A change needs all of it: JSON, the token, and our own page as its sender. */
function requireChange(
  context: Context,
  { port, runToken }: { readonly port: number; readonly runToken: string },
): Permit {
  if (!isOwnOrigin(context.req.header('origin'), port)) {
    throw new HTTPException(403, { message: 'A change comes from the page of this server.' });
  }
  if (context.req.header('content-type')?.split(';')[0] !== 'application/json') {
    throw new HTTPException(415, { message: 'A change is sent as application/json.' });
  }
  const permit = permitOf(context, runToken);
  if (permit === undefined) throw new HTTPException(403, { message: READ_ONLY });
  return permit;
}

const READ_ONLY = 'This page is read-only. To change things, open it with: npm run orders -- console';

function tooLarge(context: Context): Response {
  return context.text(`A request has at most ${MOST_BODY_BYTES} bytes.`, 413);
}

function sendFile(context: Context, { type, body, gzip }: PageFile): Response {
  const isZipped = /\bgzip\b/.test(context.req.header('accept-encoding') ?? '');
  context.header('content-type', type);
  context.header('vary', 'accept-encoding');
  if (isZipped) context.header('content-encoding', 'gzip');
  return context.body(isZipped ? gzip : body);
}

function numberOf(context: Context, name: string): number {
  const number = Number(context.req.query(name) ?? 0);
  if (!Number.isFinite(number)) throw new HTTPException(400, { message: `${name} is a number.` });
  return number;
}

function permitOf(context: Context, runToken: string): Permit | undefined {
  return Permit.for(context.req.header(TOKEN_HEADER), runToken);
}

/** Who is not surely our own page needs the token: a browser says where a request comes from, a program says nothing. */
function mayListen(
  context: Context,
  { port, runToken }: { readonly port: number; readonly runToken: string },
): boolean {
  return (
    isOwnOrigin(context.req.header('origin'), port) ||
    context.req.header('sec-fetch-site') === 'same-origin' ||
    permitOf(context, runToken) !== undefined
  );
}
