import { ownRunFolder } from '../command/run-folder.ts';
import { launchEnvironment, requireAsked } from '../environment/processes/launch-environment.ts';
import { connected } from './connect-msk-local.ts';
import { readOptions, type MskLocalOptions } from './msk-local-options.ts';
import type { MskLocal } from './msk-local.ts';

/**
 * Starts the engines, deploys an app, and runs its functions and event source mappings: what the command line
 * `msk-local` does, for a test suite. Call it once and use the environment in many tests; several run side by side.
 *
 * Should this process end in whatever way, the environment ends too.
 *
 * @returns the environment, once every mapping polls.
 * @throws {Error} with the reason when it cannot start: an option that does not fit, a missing engine, a taken port, an app
 *   that does not synthesize or deploy. No process of it is left then.
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
  // Whoever asks for the end is told when it came by itself; a rejection that nobody awaits would end the suite.
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
