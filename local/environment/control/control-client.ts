import * as z from 'zod';
import { callsSince, type CallsSince } from './call-report.ts';
import type { DisturbanceRequest } from './disturbance-request.ts';
import type { EnvironmentDescription } from './environment-description.ts';
import { mappingReport, type MappingReport } from './mapping-report.ts';
import { watchedMetric, type WatchedMetric } from './watched-metric.ts';

const TIMEOUT_MS = 10_000;

/** The control API rejected a call; the message is the API's own, for the user. */
class ControlError extends Error {
  override readonly name = 'ControlError';
}

/** The control API of a running environment. */
export interface ControlClient {
  readonly environment: EnvironmentDescription;
  mappings(): Promise<readonly MappingReport[]>;
  /** @param count `null` returns scaling to the mapping. */
  setPollers(consumerGroupId: string, count: number | null): Promise<MappingReport>;
  killPoller(consumerGroupId: string, pid: number): Promise<void>;
  /** Lists the calls of functions that changed after a revision. */
  callsSince(revision: number): Promise<CallsSince>;
  disturb(consumerGroupId: string, disturbance: DisturbanceRequest): Promise<void>;
  /** Lists the metrics of the alarms that are evaluated locally. */
  watchedMetrics(): Promise<readonly WatchedMetric[]>;
  /** Publishes all metrics now, in addition to every minute. */
  publishMetrics(): Promise<void>;
  stop(): Promise<void>;
}

/** Creates a client for an environment that is known to run. */
export function controlClient(environment: EnvironmentDescription): ControlClient {
  return {
    environment,
    mappings: async () => z.array(mappingReport).parse(await call(environment, 'GET', '/mappings')),
    setPollers: async (group, count) =>
      mappingReport.parse(
        await call(environment, 'PUT', `/groups/${encodeURIComponent(group)}/pollers`, { count }),
      ),
    killPoller: async (group, pid) => {
      await call(environment, 'DELETE', `/groups/${encodeURIComponent(group)}/pollers/${pid}`);
    },
    callsSince: async (revision) =>
      callsSince.parse(await call(environment, 'GET', `/calls?after=${revision}`)),
    disturb: async (group, disturbance) => {
      await call(environment, 'PUT', `/groups/${encodeURIComponent(group)}/disturbance`, disturbance);
    },
    watchedMetrics: async () =>
      z.array(watchedMetric).parse(await call(environment, 'GET', '/watched-metrics')),
    publishMetrics: async () => {
      await call(environment, 'POST', '/metrics');
    },
    stop: async () => {
      await call(environment, 'POST', '/stop');
    },
  };
}

/** Returns whether an environment still runs. Its port may have been reused by another process. */
export async function isRunning(environment: EnvironmentDescription): Promise<boolean> {
  try {
    await call(environment, 'GET', '/environment');
    return true;
  } catch {
    return false;
  }
}

async function call(
  { controlEndpoint, controlToken }: EnvironmentDescription,
  method: string,
  path: string,
  body?: unknown,
): Promise<unknown> {
  const response = await fetch(`${controlEndpoint}${path}`, {
    method,
    headers: { authorization: `Bearer ${controlToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  if (!response.ok) throw new ControlError(text);
  return text === '' ? undefined : JSON.parse(text);
}
