/**
 * The guardian leads a process group of its own, and everything that an environment runs is in that group:
 * the environment process, the engines, the pollers and the execution environments. Nothing else can end
 * them all, whatever was killed and however:
 * - the launcher (the command line) is gone: the IPC channel closes, the environment is asked to stop;
 * - the environment process is gone: the rest of the group is killed;
 * - the guardian itself is gone: the environment process sees its own channel close and does the same.
 */
import { fork } from 'node:child_process';
import type { LauncherMessage } from './messages.ts';
import { GRACE_MS, killOwnGroup } from './process-group.ts';

const environment = fork(new URL('environment-process.ts', import.meta.url), {
  stdio: 'inherit',
  // kafkajs sets a timer in the past once per process, which does no harm (kafkajs 1751).
  execArgv: ['--disable-warning=TimeoutNegativeWarning'],
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

environment.on('message', (message) => {
  if (process.connected) process.send?.(message);
});
environment.on('exit', () => {
  killOwnGroup();
});
