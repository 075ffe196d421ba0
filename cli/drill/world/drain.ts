import { setTimeout as delay } from 'node:timers/promises';
import { readGroups } from '@order-events/kafka-tools';
import type { Target } from '../../connection/target.ts';
import { topology } from '../../../lib/topology/topology.ts';

const LOOK_EVERY_MS = 500;

/** Waits until no group has any lag. @returns the milliseconds that it took; undefined when the time is over. */
export async function drain(target: Target, withinMs: number): Promise<number | undefined> {
  const begun = performance.now();
  while (performance.now() - begun < withinMs) {
    if (await isDrained(target)) return Math.round(performance.now() - begun);
    await delay(LOOK_EVERY_MS);
  }
  return undefined;
}

async function isDrained(target: Target): Promise<boolean> {
  const wanted = new Set<string>(topology.consumers.map(({ consumerGroupId }) => consumerGroupId));
  try {
    const groups = (await readGroups(await target.kafka())).filter(({ groupId }) => wanted.has(groupId));
    return groups.length === wanted.size && groups.every(({ lag }) => lag.kind === 'known' && lag.lag === 0);
  } catch {
    // The broker is on its way back.
    return false;
  }
}
