import { setTimeout as sleep } from 'node:timers/promises';

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
