/** The process of one event poller. It gets its configuration over IPC, and ends with its supervisor. */
import { compileSchemasLater } from '@order-events/kafka-tools/compile-schemas-later';
import type { PollerCommand, PollerEvent, PollerSettings } from './messages.ts';
import type { EventPoller } from './event-poller.ts';
import { EventBuffer } from './event-buffer.ts';
import { keepIdleMemorySmall } from '../../helpers/idle-memory.ts';

/** How long events wait for others, in milliseconds. */
const SEND_WITHIN_MS = 20;

let poller: EventPoller | undefined;
let isStopping = false;
const events = new EventBuffer();
const memory = keepIdleMemorySmall();
let sending: NodeJS.Timeout | undefined;

function emit(event: PollerEvent): void {
  if (event.type === 'called') memory.worked();
  if (events.add(event)) send();
  else sending ??= setTimeout(send, SEND_WITHIN_MS);
}

function send(): void {
  clearTimeout(sending);
  sending = undefined;
  const message = events.take();
  if (message.length > 0 && process.connected) process.send?.(message, undefined, {}, endWithoutSupervisor);
}

/** Ends the process when its supervisor was killed, which shows here before the channel closes. */
function endWithoutSupervisor(error: Error | null): void {
  if (error !== null) process.exit(0);
}

async function start(settings: PollerSettings): Promise<void> {
  compileSchemasLater();
  const { createEventPoller } = await import('./create-event-poller.ts');
  // The command to stop may have come while the modules were loaded.
  if (isStopping) return;
  poller = createEventPoller(settings, emit);
  poller.start();
}

async function stop(): Promise<void> {
  isStopping = true;
  await poller?.stop();
  if (process.connected) process.send?.(events.take(), undefined, {}, () => process.exit(0));
  else process.exit(0);
}

async function quiesce(): Promise<void> {
  await poller?.quiesce();
  emit({ type: 'quiet' });
}

async function obey(command: PollerCommand): Promise<void> {
  switch (command.type) {
    case 'start':
      await start(command.settings);
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
