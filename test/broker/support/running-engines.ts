import { rm } from 'node:fs/promises';
import type { Engine } from '../../../local/engines/engine.ts';

interface Kept {
  readonly directory: string;
  readonly engines: readonly Promise<Engine>[];
}

/** Setup and teardown run in the same process, but Jest may load this file for each of them. */
const shared = globalThis as typeof globalThis & { keptForBrokerTests?: Kept };

/** Remembers what the setup starts, also when part of it fails. */
export function keepForTeardown(directory: string, engines: readonly Promise<Engine>[]): void {
  shared.keptForBrokerTests = { directory, engines };
}

/** Stops every engine that did start, and deletes what they wrote. */
export async function stopAll(): Promise<void> {
  const kept = shared.keptForBrokerTests;
  if (kept === undefined) return;
  const started = await Promise.allSettled(kept.engines);
  const engines = started.flatMap((engine) => (engine.status === 'fulfilled' ? [engine.value] : []));
  await Promise.all(engines.map((engine) => engine.stop()));
  await rm(kept.directory, { recursive: true, force: true });
}
