import * as z from 'zod';
import type { EnvironmentDescription } from './environment-description.ts';
import { readEnvironmentFile } from './environment-file.ts';
import { mappingReport, type MappingReport } from '../mappings/mapping-report.ts';

const TIMEOUT_MS = 10_000;

/** A command needs a running environment and there is none. */
class NoEnvironmentError extends Error {
  override readonly name = 'NoEnvironmentError';

  constructor() {
    super('No local environment is running. Start one with `npm start` and try again from another terminal.');
  }
}

/** The control API refused a call; the message is its own, for a person. */
class ControlError extends Error {
  override readonly name = 'ControlError';
}

/** The control API of a running environment. */
export interface ControlClient {
  readonly environment: EnvironmentDescription;
  mappings(): Promise<readonly MappingReport[]>;
  /** @param count `null` gives scaling back to the mapping. */
  setPollers(consumerGroupId: string, count: number | null): Promise<MappingReport>;
  killPoller(consumerGroupId: string, pid: number): Promise<void>;
  stop(): Promise<void>;
}

/** @throws {NoEnvironmentError} when no environment was started here, or the last one is gone. */
export async function connectToEnvironment(): Promise<ControlClient> {
  const client = await findEnvironment();
  if (client === undefined) throw new NoEnvironmentError();
  return client;
}

/** The environment that runs here, if one does. */
export async function findEnvironment(): Promise<ControlClient | undefined> {
  const environment = await readEnvironmentFile();
  if (environment === undefined) return undefined;
  try {
    await call(environment, 'GET', '/environment');
  } catch {
    // Nobody answers, or somebody else does on a port that was used again: the environment of the file is gone.
    return undefined;
  }
  return controlClient(environment);
}

/** A client for an environment that is known to run. */
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
    stop: async () => {
      await call(environment, 'POST', '/stop');
    },
  };
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
