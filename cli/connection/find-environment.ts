import {
  controlClient,
  isRunning,
  type ControlClient,
} from '#msk-local/environment/control/control-client.ts';
import { readBrokenEnd, readEnvironmentFile, type BrokenEnd } from './environment-file.ts';

/** A command needs a running environment and there is none. */
class NoEnvironmentError extends Error {
  override readonly name = 'NoEnvironmentError';

  constructor(end: BrokenEnd | undefined) {
    const last = end === undefined ? '' : ` The last one: ${end.reason} (${end.endedAt})`;
    super(
      `No local environment is running.${last} Start one with \`npm start\` and try again from another terminal.`,
    );
  }
}

/** @throws {NoEnvironmentError} when no environment was started here, or the last one is gone. */
export async function connectToEnvironment(): Promise<ControlClient> {
  const client = await findEnvironment();
  if (client === undefined) throw new NoEnvironmentError(await readBrokenEnd());
  return client;
}

/** The environment that runs here, if one does. */
export async function findEnvironment(): Promise<ControlClient | undefined> {
  const environment = await readEnvironmentFile();
  if (environment === undefined) return undefined;
  return (await isRunning(environment)) ? controlClient(environment) : undefined;
}
