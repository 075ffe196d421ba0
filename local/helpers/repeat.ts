import { setTimeout as delay } from 'node:timers/promises';

/** A repeated task. */
export interface Repetition {
  /** Stops the repetition. Resolves when the running task, if any, has ended. */
  stop(): Promise<void>;
}

/**
 * Repeats a task with a pause after each run; the first run follows the first pause. A pause may depend on the moment
 * at which it begins. Failures are passed to `failed`, and the repetition continues.
 */
export function repeat(
  task: () => Promise<void>,
  {
    everyMs,
    failed,
  }: { readonly everyMs: number | (() => number); readonly failed: (error: unknown) => void },
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
      const pauseMs = typeof everyMs === 'number' ? everyMs : everyMs();
      // Only the signal can reject it.
      await delay(pauseMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      await task().catch(failed);
    }
  }
}
