import { ownRunFolder } from '../command/run-folder.ts';
import { launchEnvironment, requireAsked } from '../environment/processes/launch-environment.ts';
import { connected } from './connect-msk-local.ts';
import { readOptions, type MskLocalOptions } from './msk-local-options.ts';
import type { MskLocal } from './msk-local.ts';

/**
 * Starts the engines, deploys an app, and runs its functions and event source mappings, as the command `msk-local`
 * does, for a test suite. Call it once and use the environment in many tests. Several environments can run side by
 * side.
 *
 * The environment stops when this process ends, however it ends.
 *
 * @returns the environment, once every mapping polls.
 * @throws {Error} with the reason when it cannot start: an invalid option, a missing engine, a port in use, an app
 * that does not synthesize or deploy. All its processes have ended by then.
 */
export async function startMskLocal(given: MskLocalOptions): Promise<MskLocal> {
  const { options, runs } = readOptions(given, {
    variables: process.env,
    workingDirectory: process.cwd(),
  });
  const runDirectory = await ownRunFolder(runs, process.pid);
  const launching = launchEnvironment({ ...options, runDirectory }, () => Promise.resolve(), {
    quiet: given.progress !== true,
  });
  const { description, ended } = await launching.ready;
  // `stop` reports an environment that stopped by itself. A rejection that nobody awaits would abort the suite.
  ended.catch(() => undefined);
  const stop = async (): Promise<void> => {
    requireAsked(await launching.stop());
  };
  return {
    ...connected(description),
    connection: JSON.stringify(description),
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
