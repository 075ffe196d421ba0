/** The process in which a local environment lives; started by the guardian, which leads its process group. */
import type { EnvironmentOptions } from '../plan/environment-options.ts';
import type { EnvironmentMessage, LauncherMessage } from './messages.ts';
import { killOwnGroup } from './process-group.ts';
import { startEnvironment, type StartedEnvironment } from '../start/start-environment.ts';

let started: StartedEnvironment | undefined;

async function start(options: EnvironmentOptions): Promise<void> {
  try {
    started = await startEnvironment(options, (reason) => {
      console.error(`Stopping: ${reason}.`);
      void stop();
    });
    await tellLauncher({ type: 'ready', environment: started.description });
  } catch (error) {
    await tellLauncher({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    // The guardian ends the rest of the group, once it has passed the message on.
    process.exit(1);
  }
}

/** Stops in good order what is up, or at once what is only starting; then nothing of the process group is left. */
async function stop(): Promise<void> {
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
  else void stop();
});
process.on('disconnect', () => void stop());
