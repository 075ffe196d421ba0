import type { HistoryEvent } from '../history/history.ts';
import {
  pendingFate,
  reportEvent,
  reportNeverHandled,
  standingOf,
  type GroupEvidence,
} from './group-evidence.ts';

/** The trace of an event in its effect, as fingerprints. */
export interface Mark {
  readonly eventId: number;
  readonly hash: number;
}

/** An effect that an order can have only once: its invoice, its credit note, its e-mail. */
export interface SlotRules {
  /** The name for messages, such as `invoice`. */
  readonly effect: string;
  /** Additional reasons for which a good event may be parked here. */
  readonly parkedFor: ReadonlySet<string>;
  /** The mark of the existing effect. */
  readonly mark: Mark | undefined;
}

/** The reasons for which any group may park a good event: its attempts are used up. */
const GIVEN_UP: ReadonlySet<string> = new Set(['ends-invocations', 'fails-unexpectedly']);

const MOST_KEPT = 10_000;

/** Returns whether two events share one effect, as an event and its corrections do. */
function isSameAfterCorrection(one: HistoryEvent, other: HistoryEvent): boolean {
  const isAny = one.rootId !== one.eventId || other.rootId !== other.eventId;
  return isAny && one.rootId === other.rootId;
}

/**
 * Follows the events that ask for one effect, in the order of the topic. The first that can have the effect must have it;
 * the same event again is a duplicate; another one has to be parked.
 */
export class Slot {
  readonly #evidence: GroupEvidence;
  readonly #rules: SlotRules;
  /** The event whose effect exists. */
  holder: HistoryEvent | undefined;

  constructor(evidence: GroupEvidence, rules: SlotRules) {
    this.#evidence = evidence;
    this.#rules = rules;
  }

  /** Returns whether the effect has the mark of this event. */
  isMarkedBy({ eventId, hash }: HistoryEvent): boolean {
    const { mark } = this.#rules;
    return mark !== undefined && mark.eventId === eventId && mark.hash === hash;
  }

  ask(event: HistoryEvent): void {
    if (this.holder !== undefined) this.#askAgain(event, this.holder);
    else if (this.isMarkedBy(event)) this.#take(event);
    else this.#lack(event);
  }

  #take(event: HistoryEvent): void {
    this.holder = event;
    this.#evidence.fates.note(event.row, 'applied');
    const standing = standingOf(this.#evidence, event);
    if (standing.kind !== 'parked') return;
    const { reason } = standing.letter;
    if (this.#mayBeParkedFor(reason)) this.#noteParked(event, reason);
    else this.#reportWrong(event, `The event has its ${this.#rules.effect}, but is parked too.`);
  }

  #askAgain(event: HistoryEvent, holder: HistoryEvent): void {
    const standing = standingOf(this.#evidence, event);
    if (event.hash === holder.hash || isSameAfterCorrection(event, holder)) {
      if (standing.kind === 'parked') this.#judgeParking(event, standing.letter.reason);
      else this.#evidence.fates.note(event.row, 'noop');
    } else if (standing.kind === 'settled') {
      reportNeverHandled(
        this.#evidence,
        event,
        `Another event has the ${this.#rules.effect} of this order, so this one must be parked, but is not.`,
      );
    } else this.#evidence.fates.note(event.row, pendingFate(standing));
  }

  #lack(event: HistoryEvent): void {
    const standing = standingOf(this.#evidence, event);
    if (standing.kind === 'settled') this.#reportLack(event);
    else if (standing.kind === 'parked') this.#judgeParking(event, standing.letter.reason);
    else this.#evidence.fates.note(event.row, pendingFate(standing));
  }

  #reportLack(event: HistoryEvent): void {
    const { effect, mark } = this.#rules;
    if (mark === undefined)
      reportNeverHandled(this.#evidence, event, `The event is committed and has no ${effect}.`);
    else if (mark.eventId === event.eventId) {
      this.#reportWrong(event, `The ${effect} was made from different content of this event.`);
    } else {
      const again = mark.hash === event.hash ? 'a duplicate' : 'another event';
      this.#reportWrong(event, `The ${effect} was made from ${again}, but this event came first.`);
    }
  }

  #judgeParking(event: HistoryEvent, reason: string): void {
    if (this.#mayBeParkedFor(reason)) this.#noteParked(event, reason);
    else this.#reportWrong(event, `The event is good and was parked as ${reason}.`);
  }

  /** Counts a parked event once, although it may have several effects. */
  #noteParked({ row, partition, offset }: HistoryEvent, reason: string): void {
    const { fates, history, parkedGood } = this.#evidence;
    fates.note(row, 'parked');
    if (parkedGood.size >= MOST_KEPT) return;
    const orderId = history.orderId(history.orderOf(row) ?? 0);
    parkedGood.set(row, { partition, offset, orderId, reason });
  }

  #mayBeParkedFor(reason: string): boolean {
    return GIVEN_UP.has(reason) || this.#rules.parkedFor.has(reason);
  }

  #reportWrong(event: HistoryEvent, what: string): void {
    reportEvent(this.#evidence, event, { kind: 'wrong', what });
  }
}
