import { setTimeout as delay } from 'node:timers/promises';

const POLL_EVERY_MS = 50;

/** Waits for a condition. @throws {Error} that names the condition, when it does not become true in time. */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
  { what, timeoutMs }: { readonly what: string; readonly timeoutMs: number },
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs / 1_000} s for ${what}, without success.`);
    await delay(POLL_EVERY_MS);
  }
}
