import { fork, type ChildProcess } from 'node:child_process';
import type { EnvironmentDescription } from '../control/environment-description.ts';
import type { EnvironmentOptions } from '../plan/environment-options.ts';
import type { EnvironmentMessage, LauncherMessage } from './messages.ts';
import { killGroup } from './process-group.ts';

/** A local environment that is up, as the process that launched it sees it. */
export interface RunningEnvironment {
  readonly description: EnvironmentDescription;
  /** Resolves once no process of the environment is left, whoever ended it. */
  readonly ended: Promise<void>;
  /** Stops everything in good order and resolves when all is gone. */
  stop(): Promise<void>;
}

/** An environment that is starting; it can be stopped before it is ready. */
export interface LaunchingEnvironment {
  /** @throws {EnvironmentFailedError} when it could not start, or was stopped first; nothing is left running then. */
  readonly ready: Promise<RunningEnvironment>;
  stop(): Promise<void>;
}

/** The environment did not come up; the message says why, for a person. */
class EnvironmentFailedError extends Error {
  override readonly name = 'EnvironmentFailedError';
}

/**
 * Starts a local environment in a process group of its own, behind a guardian. Should this process die in
 * whatever way, the environment ends too.
 */
export function launchEnvironment(options: EnvironmentOptions): LaunchingEnvironment {
  const guardian = fork(new URL('guardian-process.ts', import.meta.url), {
    detached: true,
    // Progress goes to standard error, so that standard output holds results only.
    stdio: ['ignore', 2, 2, 'ipc'],
  });
  const ended = new Promise<void>((resolve) => {
    guardian.once('exit', () => {
      if (guardian.pid !== undefined) killGroup(guardian.pid);
      resolve();
    });
  });
  const stop = async (): Promise<void> => {
    send(guardian, { type: 'stop' });
    await ended;
  };
  const ready = whenReady(guardian, ended).then((description) => ({ description, ended, stop }));
  send(guardian, { type: 'start', options });
  return { ready, stop };
}

function send(guardian: ChildProcess, message: LauncherMessage): void {
  if (guardian.connected) guardian.send(message);
}

async function whenReady(guardian: ChildProcess, ended: Promise<void>): Promise<EnvironmentDescription> {
  let failure = 'The environment ended before it was ready.';
  const ready = new Promise<EnvironmentDescription>((resolve) => {
    guardian.on('message', (message: EnvironmentMessage) => {
      if (message.type === 'ready') resolve(message.environment);
      else failure = message.message;
    });
  });
  const outcome = await Promise.race([ready, ended]);
  if (outcome === undefined) throw new EnvironmentFailedError(failure);
  return outcome;
}
