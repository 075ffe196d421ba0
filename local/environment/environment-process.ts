/** The process in which a local environment lives; started by the guardian, which leads its process group. */
import type { EnvironmentMessage, LauncherMessage } from './messages.ts';
import { killOwnGroup } from './process-group.ts';
import { startEnvironment, type StartedEnvironment } from './start-environment.ts';

const stopping = new AbortController();
let started: Promise<StartedEnvironment> | undefined;

async function start(options: Extract<LauncherMessage, { type: 'start' }>['options']): Promise<void> {
  started = startEnvironment(options, stopping.signal, () => void stop());
  try {
    const { description } = await started;
    await tellLauncher({ type: 'ready', environment: description });
  } catch (error) {
    await tellLauncher({ type: 'failed', message: error instanceof Error ? error.message : String(error) });
    killOwnGroup();
  }
}

/** Stops what has started so far, in good order, and then whatever may be left of the process group. */
async function stop(): Promise<void> {
  stopping.abort();
  try {
    const environment = await started;
    await environment?.close();
  } finally {
    killOwnGroup();
  }
}

async function tellLauncher(message: EnvironmentMessage): Promise<void> {
  await new Promise<void>((resolve) => {
    if (process.send === undefined || !process.connected) resolve();
    else
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
