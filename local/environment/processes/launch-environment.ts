import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { moduleBeside } from '../../helpers/module-beside.ts';
import type { DeployedEnvironment, EnvironmentDescription } from '../control/environment-description.ts';
import type { EnvironmentOptions } from '../plan/environment-options.ts';
import type { StopCause } from '../start/stop-cause.ts';
import type { EnvironmentMessage, LauncherMessage } from './messages.ts';
import { killGroup } from './process-group.ts';

const STANDARD_ERROR = 2;

/** A running local environment, for the process that launched it. */
export interface RunningEnvironment {
  readonly description: EnvironmentDescription;
  /**
   * Resolves when all processes of the environment have ended after a request to stop.
   * @throws {EnvironmentBrokenError} at the same moment, when the environment stopped by itself.
   */
  readonly ended: Promise<void>;
}

/** An environment that is starting; it can be stopped before it is ready. */
export interface LaunchingEnvironment {
  /** @throws {EnvironmentFailedError} when it could not start, or was stopped first. Nothing keeps running then. */
  readonly ready: Promise<RunningEnvironment>;
  /** Stops everything cleanly. Resolves with the stop's cause when all processes have ended. */
  stop(): Promise<StopCause>;
}

/** The environment did not start; the message says why. */
class EnvironmentFailedError extends Error {
  override readonly name = 'EnvironmentFailedError';
}

/** The environment stopped without a request; the message says why. */
export class EnvironmentBrokenError extends Error {
  override readonly name = 'EnvironmentBrokenError';
}

/** Work on the deployed app, before any record is read. */
export type Prepare = (environment: DeployedEnvironment) => Promise<void>;

/**
 * Starts a local environment in a process group of its own, behind a guardian. The environment stops when this
 * process ends, however it ends.
 *
 * @param quiet - true shows no progress. Otherwise progress goes to standard error, and standard output has results
 *   only.
 */
export function launchEnvironment(
  options: EnvironmentOptions,
  prepare: Prepare,
  { quiet = false }: { readonly quiet?: boolean } = {},
): LaunchingEnvironment {
  const output = quiet ? 'ignore' : STANDARD_ERROR;
  const guardian = fork(moduleBeside('guardian-process', import.meta.url), {
    detached: true,
    stdio: ['ignore', output, output, 'ipc'],
    // It must not inherit flags of this process, such as those of a test runner.
    execArgv: [],
    // The variables as this code sees them; a test runner may have replaced `process.env`.
    env: { ...process.env, ...SMALL_HEAPS, NODE_COMPILE_CACHE: compileCache(options) },
  });
  const cause = knownCause(guardian);
  const gone = new Promise<void>((resolve) => {
    guardian.once('exit', () => {
      if (guardian.pid !== undefined) killGroup(guardian.pid);
      resolve();
    });
  });
  const stop = async (): Promise<StopCause> => {
    cause.note({ kind: 'asked' });
    send(guardian, { type: 'stop' });
    await gone;
    return cause.get();
  };
  const whenEnded = async (): Promise<void> => {
    await gone;
    requireAsked(cause.get());
  };
  const ready = whenReady(guardian, gone, prepare).then((description) => ({
    description,
    ended: whenEnded(),
  }));
  send(guardian, { type: 'start', options });
  return { ready, stop };
}

/**
 * Settings of the C library on Linux, which `npm start` also gives its own process; other systems ignore them. It keeps
 * up to 1 MB of freed memory at the end of a heap, and one heap for all threads. Otherwise it learns from large
 * buffers to keep up to 64 MB.
 * @see https://man7.org/linux/man-pages/man3/mallopt.3.html
 */
const SMALL_HEAPS = { MALLOC_ARENA_MAX: '1', MALLOC_TRIM_THRESHOLD_: '1048576' };

/** Where the environment's Node.js processes keep compiled code: functions have another place, which no option shows them. */
const compileCache = ({ enginesDirectory }: EnvironmentOptions): string =>
  process.env['NODE_COMPILE_CACHE'] ?? join(enginesDirectory, 'compile-cache');

interface KnownCause {
  note(cause: StopCause): void;
  /**
   * Returns the reason why the environment broke, if it did. A caller that notices first may ask it to stop before it
   * reports the reason.
   */
  get(): StopCause;
}

function knownCause(guardian: ChildProcess): KnownCause {
  let known: StopCause | undefined;
  const note = (cause: StopCause): void => {
    if (known?.kind !== 'broken') known = cause;
  };
  guardian.on('message', (message: EnvironmentMessage) => {
    if (message.type === 'stopping') note(message.cause);
  });
  return { note, get: () => known ?? { kind: 'broken', reason: 'its processes were killed.' } };
}

/** @throws {EnvironmentBrokenError} unless the stop was requested. */
export function requireAsked(cause: StopCause): void {
  if (cause.kind === 'broken') {
    throw new EnvironmentBrokenError(`The local environment ended by itself: ${cause.reason}`);
  }
}

function send(guardian: ChildProcess, message: LauncherMessage): void {
  if (guardian.connected) guardian.send(message);
}

async function whenReady(
  guardian: ChildProcess,
  gone: Promise<void>,
  prepare: Prepare,
): Promise<EnvironmentDescription> {
  let failure = 'The environment ended before it was ready.';
  const answer = async (environment: DeployedEnvironment): Promise<void> => {
    try {
      await prepare(environment);
      send(guardian, { type: 'poll' });
    } catch (error) {
      failure = error instanceof Error ? error.message : String(error);
      send(guardian, { type: 'stop' });
    }
  };
  const ready = new Promise<EnvironmentDescription>((resolve) => {
    guardian.on('message', (message: EnvironmentMessage) => {
      if (message.type === 'ready') resolve(message.environment);
      if (message.type === 'failed') failure = message.message;
      if (message.type === 'deployed') void answer(message.environment);
    });
  });
  const outcome = await Promise.race([ready, gone]);
  if (outcome === undefined) throw new EnvironmentFailedError(failure);
  return outcome;
}
