/**
 * The guardian leads a process group of its own, and everything that an environment runs is in that group: the
 * environment process, the engines, the pollers and the execution environments. Only the group can end them all,
 * whichever process was killed and however:
 * - the launcher (the command) has ended: the IPC channel closes, and the environment is asked to stop;
 * - the environment process has ended: the rest of the group is killed;
 * - the guardian itself has ended: the environment process sees its own channel close and kills the group.
 */
import { fork } from 'node:child_process';
import { moduleBeside } from '../../helpers/module-beside.ts';
import type { EnvironmentMessage, LauncherMessage } from './messages.ts';
import { GRACE_MS, killOwnGroup } from './process-group.ts';

/**
 * The flags of the environment process. Events only pass through it, so dead ones should not fill the space for new objects, as they
 * do with its default size. V8 counts their buffers against the limit of the heap, which is small after a collection: with its default
 * growth, it marked the whole heap eight times a second under load, for two thirds of the CPU of this process. Memory goes back when
 * the process is idle.
 */
const ENVIRONMENT_FLAGS = ['--max-semi-space-size=16', '--heap-growing-percent=400', '--expose-gc'];

const environment = fork(moduleBeside('environment-process', import.meta.url), {
  stdio: 'inherit',
  // It must not inherit flags of the command, such as a relative --import.
  execArgv: ENVIRONMENT_FLAGS,
});

function stopEnvironment(): void {
  if (environment.connected) environment.send({ type: 'stop' });
  setTimeout(killOwnGroup, GRACE_MS).unref();
}

process.on('message', (message: LauncherMessage) => {
  if (environment.connected) environment.send(message);
});
process.on('disconnect', stopEnvironment);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stopEnvironment);

/** Forwards the environment's last message, such as why it failed, before the guardian ends too. */
const forwarded: Promise<void>[] = [];

function forward(message: EnvironmentMessage): Promise<void> {
  return new Promise((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else
      process.send(message, () => {
        resolve();
      });
  });
}

environment.on('message', (message: EnvironmentMessage) => {
  forwarded.push(forward(message));
});
// The channel closes when it has been read to its end, which may be after the process has ended.
environment.on('disconnect', () => {
  void Promise.all(forwarded).finally(killOwnGroup);
});
