import type { ReceivedEvent } from '../kernel/order-event.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import type { SettleEvents } from '../kernel/settle-events.ts';
import { payloadHash } from './payload-hash.ts';

/** An event that a run settled for good, with its outcome. */
interface Settled {
  readonly event: ReceivedEvent;
  readonly outcome: ConsumerOutcome;
}

/**
 * Answers an event that says the same as one of the same order and type that this run settled before, without asking the
 * store: an effect, once it is there, stays. Events that say something else, and those whose first one failed or was refused, are
 * settled like any other. Its memory is that of one run.
 */
export function answerRepeats(settle: SettleEvents): SettleEvents {
  const settled = new Map<string, Settled>();
  return async (events, deadline) => {
    const repeats = events.map((event) => repeatOf(settled.get(nameOf(event)), event));
    const fresh = events.filter((_, index) => repeats[index] === undefined);
    const outcomes = fresh.length === 0 ? [] : await settle(fresh, deadline);
    for (const [index, event] of fresh.entries()) {
      const outcome = outcomes[index];
      if (outcome !== undefined && isFinal(outcome)) settled.set(nameOf(event), { event, outcome });
    }
    return inOrder(repeats, outcomes);
  };
}

function nameOf({ event }: ReceivedEvent): string {
  return `${event.type} ${event.orderId}`;
}

function isFinal({ kind }: ConsumerOutcome): boolean {
  return kind === 'processed' || kind === 'duplicate' || kind === 'skipped';
}

/** Undefined when the store has to say. */
function repeatOf(first: Settled | undefined, event: ReceivedEvent): ConsumerOutcome | undefined {
  if (first === undefined || payloadHash(first.event) !== payloadHash(event)) return undefined;
  return first.outcome.kind === 'skipped' ? first.outcome : { kind: 'duplicate' };
}

/** Fills the places of the events that were settled, from the first to the last. */
function inOrder(
  repeats: readonly (ConsumerOutcome | undefined)[],
  outcomes: readonly ConsumerOutcome[],
): readonly ConsumerOutcome[] {
  const left = outcomes.values();
  return repeats.flatMap((repeat) => repeat ?? left.next().value ?? []);
}
