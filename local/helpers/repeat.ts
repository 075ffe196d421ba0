import { setTimeout as delay } from 'node:timers/promises';

/** Something that is done again and again. */
export interface Repetition {
  /** Resolves when the task is done that runs, if one does; none begins after. */
  stop(): Promise<void>;
}

/** Does a task each time so long after it was done, the first time so long from now. A failure is told, and the task done again. */
export function repeat(
  task: () => Promise<void>,
  { everyMs, failed }: { readonly everyMs: number; readonly failed: (error: unknown) => void },
): Repetition {
  const stopping = new AbortController();
  const done = run();
  return {
    stop: () => {
      stopping.abort();
      return done;
    },
  };

  async function run(): Promise<void> {
    for (;;) {
      // Only the signal rejects it.
      await delay(everyMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      await task().catch(failed);
    }
  }
}
