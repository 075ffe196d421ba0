import { fork, type ChildProcess } from 'node:child_process';
import { moduleBeside } from '../../helpers/module-beside.ts';
import type { DeployedEnvironment, EnvironmentDescription } from '../control/environment-description.ts';
import type { EnvironmentOptions } from '../plan/environment-options.ts';
import type { StopCause } from '../start/stop-cause.ts';
import type { EnvironmentMessage, LauncherMessage } from './messages.ts';
import { killGroup } from './process-group.ts';

const STANDARD_ERROR = 2;

/** A local environment that is up, as the process that launched it sees it. */
export interface RunningEnvironment {
  readonly description: EnvironmentDescription;
  /**
   * Resolves once no process of the environment is left and somebody asked for that.
   * @throws {EnvironmentBrokenError} at the same moment, when it ended by itself.
   */
  readonly ended: Promise<void>;
}

/** An environment that is starting; it can be stopped before it is ready. */
export interface LaunchingEnvironment {
  /** @throws {EnvironmentFailedError} when it could not start, or was stopped first; nothing is left running then. */
  readonly ready: Promise<RunningEnvironment>;
  /** Stops everything in good order. Resolves with why the environment ended, when all of it is gone. */
  stop(): Promise<StopCause>;
}

/** The environment did not come up; the message says why, for a person. */
class EnvironmentFailedError extends Error {
  override readonly name = 'EnvironmentFailedError';
}

/** The environment was up and ended although nobody asked for it; the message says why, for a person. */
export class EnvironmentBrokenError extends Error {
  override readonly name = 'EnvironmentBrokenError';
}

/** Works on what is deployed, before any record is read. */
export type Prepare = (environment: DeployedEnvironment) => Promise<void>;

/**
 * Starts a local environment in a process group of its own, behind a guardian. Should this process die in
 * whatever way, the environment ends too.
 *
 * @param quiet - tell no progress; it goes to standard error else, so that standard output holds results only.
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
    // Flags of the process that runs here, such as those of a test runner, are not meant for it.
    execArgv: [],
    // Those that this code sees, which a test runner may have made its own.
    env: process.env,
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

interface KnownCause {
  note(cause: StopCause): void;
  /** The reason for which it broke, if it did: whoever sees that first may ask it to stop before it says so itself. */
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
  return { note, get: () => known ?? { kind: 'broken', reason: 'its own processes were killed.' } };
}

/** @throws {EnvironmentBrokenError} unless somebody asked for the end. */
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
