import type { ConsumerOutcome } from '../kernel/record-outcome.ts';

/**
 * E-mail and SMS of an order are independent, but a record has one fate: the first of these that either channel met.
 *
 * | fate | why it wins over those below |
 * |---|---|
 * | failed | the record has to come again; what the other channel did is found then, and poison is met again |
 * | poison | a person has to see it |
 * | processed | something happened |
 * | duplicate | something happened before |
 * | skipped | nothing was to be done |
 */
const PRECEDENCE = [
  'failed',
  'poison',
  'processed',
  'duplicate',
  'skipped',
] as const satisfies readonly ConsumerOutcome['kind'][];

const NO_CONTACT: ConsumerOutcome = { kind: 'skipped', reason: 'no-contact' };

/** The fate of a record whose channels ended like this; without any channel there was nobody to notify. */
export function combineOutcomes(outcomes: readonly ConsumerOutcome[]): ConsumerOutcome {
  const [first = NO_CONTACT] = outcomes.toSorted((a, b) => rank(a) - rank(b));
  return first;
}

function rank({ kind }: ConsumerOutcome): number {
  return PRECEDENCE.indexOf(kind);
}
