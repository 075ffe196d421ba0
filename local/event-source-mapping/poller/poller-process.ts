/** The process of one event poller. It gets its configuration over IPC, and ends with its supervisor. */
import type { PollerCommand, PollerEvent, PollerSettings } from './messages.ts';
import type { EventPoller } from './event-poller.ts';
import { createEventPoller } from './create-event-poller.ts';

let poller: EventPoller | undefined;

function emit(event: PollerEvent): void {
  if (process.connected) process.send?.(event, undefined, {}, endWithoutSupervisor);
}

/** Ends the process when its supervisor was killed, which shows here before the channel closes. */
function endWithoutSupervisor(error: Error | null): void {
  if (error !== null) process.exit(0);
}

function start(settings: PollerSettings): void {
  poller = createEventPoller(settings, emit);
  poller.start();
}

async function stop(): Promise<void> {
  await poller?.stop();
  process.exit(0);
}

async function quiesce(): Promise<void> {
  await poller?.quiesce();
  emit({ type: 'quiet' });
}

async function obey(command: PollerCommand): Promise<void> {
  switch (command.type) {
    case 'start':
      start(command.settings);
      break;
    case 'quiesce':
      await quiesce();
      break;
    case 'stop':
      await stop();
  }
}

process.on('message', (command: PollerCommand) => {
  obey(command).catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
});
process.on('disconnect', () => process.exit(0));
