import type { EnvironmentOptions } from '../environment/plan/environment-options.ts';
import { launchEnvironment, type RunningEnvironment } from '../environment/processes/launch-environment.ts';
import { onNpmGone } from '../environment/processes/npm-watch.ts';

/** Ctrl-C, `kill`, and a closed terminal. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Starts an environment, runs the work against it, and stops it: when the work ends or fails, when this
 * process is told to stop, and when the npm that runs it is gone. Nothing of it is left after that.
 */
export async function withEnvironment<T>(
  options: EnvironmentOptions,
  work: (environment: RunningEnvironment) => Promise<T>,
): Promise<T | undefined> {
  const launching = launchEnvironment(options);
  const interruption = new AbortController();
  const stop = (): void => {
    interruption.abort();
    void launching.stop();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  // A reader that went away (`npm start | head`) is no reason to leave anything running.
  process.stdout.on('error', stop);
  await onNpmGone(stop);
  try {
    return await work(await launching.ready);
  } catch (error) {
    // What the work says about an environment that was stopped under it is of no interest.
    if (interruption.signal.aborted) return undefined;
    throw error;
  } finally {
    await launching.stop();
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}
