import type { HistoryEvent } from '../history/history.ts';
import type { Item } from '../ports.ts';
import { reportEvent, standingOf, type GroupEvidence } from './group-evidence.ts';
import { CANCELLED, markOf, PLACED } from './item.ts';
import { Slot } from './slot.ts';

/**
 * The marks of an order in a group whose items have both of its events: the one that placed it, and the one that
 * cancelled it.
 */
export interface OrderState {
  readonly placed: HistoryEvent | undefined;
  readonly cancelled: HistoryEvent | undefined;
}

export interface TwoSlots {
  /** The name of the effect of an order.placed, for messages. */
  readonly effect: string;
  readonly parkedFor: ReadonlySet<string>;
  /** Returns whether an order.placed has an effect here. */
  readonly isWanted: (event: HistoryEvent) => boolean;
}

/**
 * Follows the events of an order through an item that keeps a mark of each. An order that was cancelled before it was
 * placed is never placed.
 */
export function followTwoSlots(
  evidence: GroupEvidence,
  { effect, parkedFor, isWanted }: TwoSlots,
  order: number,
  item: Item | undefined,
): OrderState {
  const placed = new Slot(evidence, { effect, parkedFor, mark: markOf(item, PLACED) });
  const cancelled = new Slot(evidence, {
    effect: 'cancellation',
    parkedFor,
    mark: markOf(item, CANCELLED),
  });
  for (const event of evidence.history.eventsOf(order)) {
    if (event.kind === 'cancelled') cancelled.ask(event);
    else if (isWanted(event)) askToPlace(evidence, { placed, cancelled }, event);
  }
  return { placed: placed.holder, cancelled: cancelled.holder };
}

function askToPlace(
  evidence: GroupEvidence,
  { placed, cancelled }: { readonly placed: Slot; readonly cancelled: Slot },
  event: HistoryEvent,
): void {
  const before = cancelled.holder;
  if (placed.holder !== undefined || before === undefined) {
    placed.ask(event);
  } else if (placed.isMarkedBy(event)) {
    placed.ask(event);
    // A cancellation that was discarded at first may have been applied later.
    if (standingOf(evidence, before).kind === 'settled') {
      reportEvent(evidence, event, {
        kind: 'wrong',
        what: 'The order was cancelled before, and took effect.',
      });
    }
  } else evidence.fates.note(event.row, 'noop');
}
