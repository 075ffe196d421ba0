import { setTimeout as delay } from 'node:timers/promises';

export interface Patience {
  readonly timeoutMs: number;
  readonly everyMs: number;
  /** Is told what is still missing, each time. */
  readonly onWait: (missing: readonly string[]) => void;
}

/** Looks again and again until nothing is missing, or the time is over. @returns what is missing then. */
export async function untilComplete(
  look: () => Promise<readonly string[]>,
  { timeoutMs, everyMs, onWait }: Patience,
): Promise<readonly string[]> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const missing = await look();
    if (missing.length === 0 || performance.now() >= deadline) return missing;
    onWait(missing);
    await delay(everyMs);
  }
}
