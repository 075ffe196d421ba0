import * as fc from 'fast-check';
import type { EffectFailure } from '../../functions/kernel/outcome-of-failure.ts';

/** What happens to one call of a port. */
export type Fault = 'none' | 'unavailable' | 'replyLost' | 'crashBefore' | 'crashAfter';

/** Faults for one call after the other; when they run out, none happen any more. */
export type Faults = () => Fault;

export const UNAVAILABLE: EffectFailure = { code: 'store-unavailable', message: 'planted' };

/** The process dies: nothing that comes after this point runs. */
export class Crash extends Error {}

export const anyFaults = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.constant<Fault>('none') },
    { weight: 2, arbitrary: fc.constantFrom<Fault>('unavailable', 'replyLost', 'crashBefore', 'crashAfter') },
  ),
  { maxLength: 8 },
);

export const noFaults: Faults = () => 'none';

export function faultsOf(planned: readonly Fault[]): Faults {
  const left = [...planned];
  return () => left.shift() ?? 'none';
}

/** Calls a port under a fault: `effect` takes place or not, and its answer arrives or `lost` does. */
export async function underFault<T>(fault: Fault, effect: () => T, lost: () => T): Promise<T> {
  await Promise.resolve();
  if (fault === 'crashBefore') throw new Crash();
  if (fault === 'unavailable') return lost();
  const answer = effect();
  if (fault === 'crashAfter') throw new Crash();
  return fault === 'replyLost' ? lost() : answer;
}

/** What a delivery came to: undefined when the process died in it. */
export async function survive<T>(delivery: Promise<T>): Promise<T | undefined> {
  try {
    return await delivery;
  } catch (error) {
    if (error instanceof Crash) return undefined;
    throw error;
  }
}
