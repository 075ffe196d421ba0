/** The process that runs a local environment; started by the guardian, which leads its process group. */
import { flushCompileCache } from 'node:module';
import type { EnvironmentOptions } from '../plan/environment-options.ts';
import type { EnvironmentMessage, LauncherMessage } from './messages.ts';
import { GRACE_MS, killOwnGroup } from './process-group.ts';
import type { StopCause } from '../start/stop-cause.ts';
import { keepIdleMemorySmall } from '../../helpers/idle-memory.ts';
import { startEnvironment, type StartedEnvironment } from '../start/start-environment.ts';

let started: StartedEnvironment | undefined;
const prepared = Promise.withResolvers<void>();

async function start(options: EnvironmentOptions): Promise<void> {
  try {
    started = await startEnvironment(options, {
      stop: (cause) => void stopFor(cause),
      prepare: async (environment) => {
        await tellLauncher({ type: 'deployed', environment });
        await prepared.promise;
      },
    });
    await tellLauncher({ type: 'ready', environment: started.description });
    // This process is killed in the end, and Node.js would keep the compiled code only at a normal end.
    flushCompileCache();
    keepIdleMemorySmall();
  } catch (error) {
    await tellLauncher({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    // The guardian kills the rest of the group after it has forwarded the message.
    process.exit(1);
  }
}

async function stopFor(cause: StopCause): Promise<void> {
  console.error(cause.kind === 'asked' ? 'Stopping: asked to stop.' : `Stopping: ${cause.reason}`);
  await tellLauncher({ type: 'stopping', cause });
  await stop();
}

/** Stops a running environment cleanly, or a starting one at once. No process of the group is left then. */
async function stop(): Promise<void> {
  setTimeout(killOwnGroup, GRACE_MS).unref();
  try {
    await started?.close();
  } finally {
    killOwnGroup();
  }
}

async function tellLauncher(message: EnvironmentMessage): Promise<void> {
  await new Promise<void>((resolve) => {
    if (process.send === undefined || !process.connected) {
      resolve();
      return;
    }
    process.send(message, () => {
      resolve();
    });
  });
}

process.on('message', (message: LauncherMessage) => {
  if (message.type === 'start') void start(message.options);
  else if (message.type === 'poll') prepared.resolve();
  else void stop();
});
process.on('disconnect', () => void stop());
