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
 * Starts an environment, runs the work against it, and stops it: when the work ends or fails, when this
 * process is told to stop, and when the npm that runs it is gone. Nothing of it is left after that.
 *
 * @param prepare - what is to be done when the app is deployed, before any record is read.
 * @throws {EnvironmentBrokenError} when the environment ended by itself, whatever the work made of that; else what the
 *   work throws.
 */
export async function withEnvironment<T>(
  options: EnvironmentOptions,
  work: (environment: RunningEnvironment) => Promise<T>,
  prepare: Prepare = () => Promise.resolve(),
): Promise<T | undefined> {
  const launching = launchEnvironment(options, prepare);
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
    return await workIn(launching, interruption.signal, work);
  } finally {
    for (const signal of SIGNALS) process.off(signal, stop);
  }
}

/** Works in an environment that is launched, and stops it. */
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
  // An environment that ends takes its work with it: what that would wait for is gone.
  const outcome = await settled(Promise.race([work(environment), neverUnlessBroken(environment.ended)]));
  requireAsked(await launching.stop());
  if (outcome.ok) return outcome.value;
  // What the work says about an environment that was stopped under it is of no interest.
  if (interruption.aborted) return undefined;
  throw outcome.error;
}

/** @throws what `ended` throws; an end that was asked for is left to the work. */
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
