import { setTimeout as sleep } from 'node:timers/promises';

const WATCH_EVERY_MS = 2_000;
const CLEAR_SCREEN = '\u001B[H\u001B[2J\u001B[3J';

/** Draws, waits, and draws again, until the signal is aborted. */
export async function watch(
  draw: () => Promise<void>,
  { everyMs, signal }: { readonly everyMs: number; readonly signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    await draw();
    // An abort ends the wait at once; the loop then sees it.
    await sleep(everyMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Draws every two seconds until Ctrl-C. */
export async function watchUntilInterrupted(draw: () => Promise<void>): Promise<void> {
  const interruption = new AbortController();
  const interrupt = (): void => {
    interruption.abort();
  };
  process.once('SIGINT', interrupt);
  try {
    await watch(draw, { everyMs: WATCH_EVERY_MS, signal: interruption.signal });
  } finally {
    process.off('SIGINT', interrupt);
  }
}

/** Clears a terminal before something is drawn again; elsewhere it does nothing. */
export function clearScreen(): void {
  if (process.stdout.isTTY) process.stdout.write(CLEAR_SCREEN);
}
