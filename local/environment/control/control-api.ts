import { serve, type ServerType } from '@hono/node-server';
import { Hono } from 'hono';
import { bearerAuth } from 'hono/bearer-auth';
import { HTTPException } from 'hono/http-exception';
import * as z from 'zod';
import type { CallsSince } from './call-report.ts';
import { disturbanceRequest, type DisturbanceRequest } from './disturbance-request.ts';
import type { EnvironmentDescription } from './environment-description.ts';
import type { MappingReport } from './mapping-report.ts';
import { MAX_POLLERS } from './poller-limit.ts';
import type { WatchedMetric } from './watched-metric.ts';

/** The operations of a running environment for other terminals. */
export interface EnvironmentControls {
  describe(): EnvironmentDescription;
  /** The state of every mapping and execution environment. */
  mappings(): readonly MappingReport[];
  /** Overrides the number of event pollers of a consumer group; `undefined` returns scaling to the mapping. */
  setPollers(consumerGroupId: string, count: number | undefined): MappingReport | undefined;
  /** Kills one event poller (SIGKILL); false when the group has none with that process id. */
  killPoller(consumerGroupId: string, pid: number): boolean;
  /** Lists the calls of functions that changed after a revision, the oldest change first. */
  callsSince(revision: number): CallsSince;
  /** Disturbs the function of a consumer group for a while; false when no mapping has that group. */
  disturb(consumerGroupId: string, disturbance: DisturbanceRequest): boolean;
  /** Lists the metrics of the alarms that are evaluated locally. */
  watchedMetrics(): readonly WatchedMetric[];
  /** Publishes all metrics now, in addition to every minute. */
  publishMetrics(): Promise<void>;
  /** Stops the whole environment. */
  stop(): void;
}

/** Serves the control API on 127.0.0.1, on a port that the system chooses. Every call needs the run's token. */
export async function startControlApi(
  token: string,
  controls: EnvironmentControls,
): Promise<{ endpoint: string; close(): void }> {
  const server = await listen(controlApp(token, controls));
  return server;
}

export function controlApp(token: string, controls: EnvironmentControls): Hono {
  const app = new Hono();
  app.use(bearerAuth({ token }));
  app.get('/environment', (context) => context.json(controls.describe()));
  app.get('/mappings', (context) => context.json(controls.mappings()));
  app.put('/groups/:group/pollers', async (context) => {
    const count = pollerCount(await context.req.json<unknown>());
    return context.json(
      known(controls.setPollers(context.req.param('group'), count), context.req.param('group')),
    );
  });
  app.delete('/groups/:group/pollers/:pid', (context) => {
    const { group, pid } = context.req.param();
    if (!controls.killPoller(group, Number(pid))) {
      throw new HTTPException(404, { message: `Group ${group} has no poller with process id ${pid}.` });
    }
    return context.body(null, 204);
  });
  app.get('/calls', (context) => context.json(controls.callsSince(Number(context.req.query('after') ?? 0))));
  app.put('/groups/:group/disturbance', async (context) => {
    const { group } = context.req.param();
    const wish = disturbanceRequest.safeParse(await context.req.json<unknown>());
    if (!wish.success) throw new HTTPException(400, { message: z.prettifyError(wish.error) });
    if (!controls.disturb(group, wish.data)) throw unknownGroup(group);
    return context.body(null, 204);
  });
  app.get('/watched-metrics', (context) => context.json(controls.watchedMetrics()));
  app.post('/metrics', async (context) => {
    await controls.publishMetrics();
    return context.body(null, 204);
  });
  app.post('/stop', (context) => {
    setImmediate(() => {
      controls.stop();
    });
    return context.body(null, 202);
  });
  return app;
}

function pollerCount(body: unknown): number | undefined {
  const count = typeof body === 'object' && body !== null && 'count' in body ? body.count : Number.NaN;
  if (count === null) return undefined;
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 0 || count > MAX_POLLERS) {
    throw new HTTPException(400, {
      message: `The number of pollers is a whole number from 0 to ${MAX_POLLERS}, or null for the mapping's own scaling; got ${JSON.stringify(count)}.`,
    });
  }
  return count;
}

function known(mapping: MappingReport | undefined, group: string): MappingReport {
  if (mapping === undefined) throw unknownGroup(group);
  return mapping;
}

function unknownGroup(group: string): HTTPException {
  return new HTTPException(404, {
    message: `No event source mapping here has the consumer group ${group}.`,
  });
}

async function listen(app: Hono): Promise<{ endpoint: string; close(): void }> {
  let server: ServerType | undefined;
  const port = await new Promise<number>((resolve) => {
    server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, (info) => {
      resolve(info.port);
    });
  });
  return { endpoint: `http://127.0.0.1:${port}`, close: () => server?.close() };
}
