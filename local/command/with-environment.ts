import type { EnvironmentOptions } from '../environment/plan/environment-options.ts';
import {
  launchEnvironment,
  type Prepare,
  requireAsked,
  type LaunchingEnvironment,
  type RunningEnvironment,
} from '../environment/processes/launch-environment.ts';
import { onNpmGone } from '../environment/processes/npm-watch.ts';
import type { Result } from '../helpers/result.ts';

/** Ctrl-C, `kill`, and a closed terminal. */
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Starts an environment, runs the work against it, and stops it. It stops when the work ends or fails, when this
 * process is asked to stop, and when the npm that started this process has ended. Nothing keeps running after that.
 *
 * @param prepare - runs after the app is deployed and before any record is read.
 * @param hooks - `starting` is called when the environment has begun to start.
 * @throws {EnvironmentBrokenError} when the environment stopped by itself; otherwise the error of the work.
 */
export async function withEnvironment<T>(
  options: EnvironmentOptions,
  work: (environment: RunningEnvironment) => Promise<T>,
  prepare: Prepare = () => Promise.resolve(),
  { starting }: { readonly starting?: () => unknown } = {},
): Promise<T | undefined> {
  const launching = launchEnvironment(options, prepare);
  starting?.();
  const interruption = new AbortController();
  const stop = (): void => {
    interruption.abort();
    void launching.stop();
  };
  for (const signal of SIGNALS) process.on(signal, stop);
  // A closed output pipe (`npm start | head`) must not leave anything running.
  process.stdout.on('error', stop);
  await onNpmGone(stop);
  try {
    return await workIn(launching, interruption.signal, work);
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

/** Runs the work in a launched environment, and stops the environment. */
export async function workIn<T>(
  launching: LaunchingEnvironment,
  interruption: AbortSignal,
  work: (environment: RunningEnvironment) => Promise<T>,
): Promise<T | undefined> {
  const environment = await launching.ready.catch((error: unknown) => {
    if (interruption.aborted) return undefined;
    throw error;
  });
  if (environment === undefined) return undefined;
  // The work ends with the environment: it would wait for something that has stopped.
  const outcome = await settled(Promise.race([work(environment), neverUnlessBroken(environment.ended)]));
  requireAsked(await launching.stop());
  if (outcome.ok) return outcome.value;
  // An error of the work is ignored when the environment has stopped under it.
  if (interruption.aborted) return undefined;
  throw outcome.error;
}

/** @throws the error of `ended`. A requested stop is left to the work. */
async function neverUnlessBroken(ended: Promise<void>): Promise<never> {
  await ended;
  return new Promise<never>(() => undefined);
}

async function settled<T>(work: Promise<T>): Promise<Result<T, unknown>> {
  try {
    return { ok: true, value: await work };
  } catch (error) {
    return { ok: false, error };
  }
}
