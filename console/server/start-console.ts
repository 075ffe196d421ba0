import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { errorCode } from '../../local/helpers/error-code.ts';
import { choosePort, requireFreePort } from '../../local/engines/choose-port.ts';
import { randomUUID } from 'node:crypto';
import type { ConsoleActions } from '../experiments/actions.ts';
import { Experiments } from '../experiments/experiments.ts';
import type { ConsoleSources } from '../ports.ts';
import type { LetterActions } from '../failures/actions.ts';
import { Failures } from '../failures/failures.ts';
import { ConsoleState } from '../sampling/console-state.ts';
import { startSampling, type GroupLogs } from '../sampling/start-sampling.ts';
import { Tracer } from '../tracing/tracer.ts';
import { consoleApp } from './console-app.ts';
import { bundlePage } from './page-files.ts';
import { refuseRequest, type Refusal } from './refuse-request.ts';
import { SECURITY_HEADERS } from './security-headers.ts';

export interface ConsoleOptions {
  /** `required`: another one is an error. */
  readonly port: { readonly port: number; readonly kind: 'preferred' | 'required' };
  readonly runToken: string;
  readonly sources: ConsoleSources;
  readonly actions: ConsoleActions;
  readonly letterActions: LetterActions;
  /** Absent: rebalances have no known cause. */
  readonly logs?: GroupLogs;
}

export interface RunningConsole {
  /** Such as `http://localhost:8080`. */
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Who sends nothing for so long holds no connection. */
const HEADERS_WITHIN_MS = 5_000;
const REQUEST_WITHIN_MS = 10_000;
const LOOK_EVERY_MS = 1_000;

/** Starts the page of a running environment, on loopback only. @throws {Error} when a port that was asked for is taken. */
export async function startConsole({
  port: wish,
  runToken,
  sources,
  actions,
  letterActions,
  logs,
}: ConsoleOptions): Promise<RunningConsole> {
  if (wish.kind === 'required') await requireFreePort(wish.port, 'the console');
  const [port, files] = await Promise.all([choosePort(wish.port), bundlePage()]);
  const state = new ConsoleState(sources.topic, { hasLog: logs !== undefined });
  const experiments = new Experiments(actions, {
    changed: () => {
      state.changed('experiments');
    },
    now: Date.now,
    newId: randomUUID,
  });
  const failures = new Failures({
    sources: sources.letters,
    actions: letterActions,
    changed: () => {
      state.changed('failures');
    },
    now: Date.now,
  });
  const tracer = new Tracer({ state, sources, failures, now: Date.now });
  const app = consoleApp({ state, files, runToken, port, experiments, failures, tracer });
  const listener = getRequestListener(app.fetch);
  const { servers, host } = await listenOnLoopback((request, response) => {
    const refusal = refuseRequest(seen(request), port);
    if (refusal === undefined) void listener(request, response);
    else refuse(response, refusal);
  }, port);
  const stopSampling = startSampling({ state, sources, countLetters: () => failures.count(), logs });
  return {
    endpoint: `http://${host}:${port}`,
    close: async () => {
      for (const server of servers) {
        server.close();
        server.closeAllConnections();
      }
      await Promise.all([stopSampling(), experiments.close()]);
      await sources.records.close();
    },
  };
}

interface Listening {
  readonly servers: readonly Server[];
  /** A name that leads to these servers and to nobody else's. */
  readonly host: string;
}

/** Listens at both addresses that `localhost` may mean. */
async function listenOnLoopback(listener: RequestListener, port: number): Promise<Listening> {
  const options = {
    headersTimeout: HEADERS_WITHIN_MS,
    requestTimeout: REQUEST_WITHIN_MS,
    connectionsCheckingInterval: LOOK_EVERY_MS,
  };
  const first = createServer(options, listener);
  await once(first.listen({ port, host: '127.0.0.1' }), 'listening');
  const second = createServer(options, listener);
  try {
    await once(second.listen({ port, host: '::1' }), 'listening');
    return { servers: [first, second], host: 'localhost' };
  } catch (error) {
    // Without IPv6 `localhost` is the first address; with another server there it may be that one's.
    return { servers: [first], host: errorCode(error) === 'EADDRINUSE' ? '127.0.0.1' : 'localhost' };
  }
}

function seen(request: IncomingMessage) {
  const { method = '', url = '', rawHeaders, headers } = request;
  return { method, target: url, rawHeaders, headers };
}

function refuse(response: ServerResponse, { status, message }: Refusal): void {
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'content-type': 'text/plain; charset=utf-8',
    connection: 'close',
  });
  response.end(message);
}
