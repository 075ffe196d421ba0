/**
 * The guardian leads a process group of its own, and everything that an environment runs is in that group:
 * the environment process, the engines, the pollers and the execution environments. Nothing else can end
 * them all, whatever was killed and however:
 * - the launcher (the command line) is gone: the IPC channel closes, the environment is asked to stop;
 * - the environment process is gone: the rest of the group is killed;
 * - the guardian itself is gone: the environment process sees its own channel close and does the same.
 */
import { fork } from 'node:child_process';
import { moduleBeside } from '../../helpers/module-beside.ts';
import type { EnvironmentMessage, LauncherMessage } from './messages.ts';
import { GRACE_MS, killOwnGroup } from './process-group.ts';

const environment = fork(moduleBeside('environment-process', import.meta.url), {
  stdio: 'inherit',
  // Flags of the command line, such as a relative --import, are not meant for it.
  execArgv: [],
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

/** What the environment said last, such as why it failed, must reach the launcher before the guardian ends too. */
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
// The channel closes once it is read to its end, which may be after the process is gone.
environment.on('disconnect', () => {
  void Promise.all(forwarded).finally(killOwnGroup);
});
