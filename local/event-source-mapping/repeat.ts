import { setTimeout as delay } from 'node:timers/promises';

/** Something that is done again and again. */
export interface Repetition {
  /** Resolves when the task is done that runs, if one does; none begins after. */
  stop(): Promise<void>;
}

/** Does a task now and then each time so long after it was done. A failure is told, and the task done again. */
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
    while (!stopping.signal.aborted) {
      await task().catch(failed);
      // Only the signal rejects it.
      await delay(everyMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
    }
  }
}
