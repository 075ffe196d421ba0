import type { HistoryEvent } from '../history/history.ts';
import type { Item, Outbox } from '../ports.ts';
import { Claims, type ClaimStatus } from './claims.ts';
import { reportEvent, reportOrder, standingOf, type GroupEvidence } from './group-evidence.ts';
import { sortKeyOf, subjectOf } from './item.ts';
import type { OrdersSeen } from './orders-seen.ts';
import { addressIn, nameOf, SentMessages, type Channel } from './sent-messages.ts';
import { Slot } from './slot.ts';

export interface NotificationsReport {
  /** Undefined when the endpoint does not keep sent messages. */
  readonly emails: number | undefined;
  readonly sms: number | undefined;
  /** Additional e-mails of an order after a send without an answer; they are allowed and counted. */
  readonly repeatedEmails: number;
}

export interface SendRules {
  /** Sends of e-mails that had no answer, by order. */
  readonly unansweredEmails: ReadonlyMap<string, number>;
}

interface ChannelState {
  readonly channel: Channel;
  readonly claims: Claims;
  /** Undefined when the endpoint does not keep sent messages. */
  readonly sent: SentMessages | undefined;
}

const SORT_KEYS: Readonly<Record<string, Channel>> = {
  'order.placed#email': 'email',
  'order.placed#sms': 'sms',
};

/** The reasons for which a good order may be parked, so that somebody must look at it. */
const PARKED_FOR: readonly string[] = ['contact-refused', 'send-ambiguous', 'store-refused'];
const REUSED: readonly string[] = ['event-id-reused', 'order-id-reused'];

/**
 * Checks that each order with an address has one message to it, and a second e-mail only when the first send had no
 * answer.
 */
export async function judgeNotifications(
  evidence: GroupEvidence,
  { items, outbox }: { readonly items: AsyncIterable<Item>; readonly outbox: Outbox | undefined },
  seen: OrdersSeen,
  rules: SendRules,
): Promise<NotificationsReport> {
  const claims = { email: new Claims(), sms: new Claims() };
  for await (const item of items) {
    const subject = subjectOf(item);
    const channel = SORT_KEYS[sortKeyOf(item)];
    if (subject.kind !== 'order' || channel === undefined) seen.otherItem(item);
    else seen.see(subject.orderId, (order) => claims[channel].note(order, item));
  }
  // Read after the table, so that every confirmed message is in the outbox.
  const email = {
    channel: 'email',
    claims: claims.email,
    sent: await sentBy(evidence, 'email', outbox, seen),
  } as const;
  const sms = {
    channel: 'sms',
    claims: claims.sms,
    sent: await sentBy(evidence, 'sms', outbox, seen),
  } as const;
  const judge = new ChannelJudge(evidence, rules);
  for (let order = 0; order < evidence.history.orderCount; order += 1) {
    judge.judge(order, email);
    judge.judge(order, sms);
  }
  return { emails: email.sent?.total, sms: sms.sent?.total, repeatedEmails: judge.repeatedEmails };
}

async function sentBy(
  evidence: GroupEvidence,
  channel: Channel,
  outbox: Outbox | undefined,
  seen: OrdersSeen,
): Promise<SentMessages | undefined> {
  if (outbox === undefined) return undefined;
  const sent = new SentMessages(evidence, channel);
  await sent.read(channel === 'email' ? outbox.emails() : outbox.sms(), seen);
  return sent;
}

class ChannelJudge {
  readonly #evidence: GroupEvidence;
  readonly #rules: SendRules;
  repeatedEmails = 0;

  constructor(evidence: GroupEvidence, rules: SendRules) {
    this.#evidence = evidence;
    this.#rules = rules;
  }

  judge(order: number, { channel, claims, sent }: ChannelState): void {
    const { history } = this.#evidence;
    const wanted = history
      .eventsOf(order)
      .filter(({ kind, row }) => kind === 'placed' && addressIn(history, row, channel) !== 0);
    const slot = new Slot(this.#evidence, {
      effect: nameOf(channel),
      parkedFor: new Set([...PARKED_FOR, ...(saysDifferentThings(wanted) ? REUSED : [])]),
      mark: claims.markOf(order),
    });
    for (const event of wanted) slot.ask(event);
    if (slot.holder !== undefined) this.#judgeClaim(slot.holder, claims.statusOf(order), channel);
    if (sent !== undefined) this.#judgeCount(order, slot.holder, { channel, claims, sent });
  }

  #judgeClaim(holder: HistoryEvent, status: ClaimStatus, channel: Channel): void {
    const { kind } = standingOf(this.#evidence, holder);
    if (status === 'SENT' || kind === 'waiting' || kind === 'failed') return;
    if (status === 'AMBIGUOUS') {
      if (channel === 'sms' && kind === 'parked') return;
      const what = `The ${nameOf(channel)} may or may not have been sent, and the event is not parked.`;
      reportEvent(this.#evidence, holder, { kind: 'missing', what });
      return;
    }
    const what = `The claim of the ${nameOf(channel)} is ${status} although its event is committed.`;
    reportEvent(this.#evidence, holder, { kind: 'unconfirmed', what });
  }

  #judgeCount(
    order: number,
    holder: HistoryEvent | undefined,
    { channel, claims, sent }: ChannelState & { readonly sent: SentMessages },
  ): void {
    const count = sent.countOf(order);
    const extra = count - 1;
    const excused = channel === 'email' ? this.#unanswered(order) : 0;
    if (extra > 0 && channel === 'email') this.repeatedEmails += Math.min(extra, excused);
    if (extra > excused) {
      const what = `The customer got the ${nameOf(channel)} ${count} times.`;
      reportOrder(this.#evidence, order, { kind: 'double', what });
    }
    if (count === 0 && holder !== undefined && claims.statusOf(order) === 'SENT') {
      const what = `The ${nameOf(channel)} is confirmed, but nobody got it.`;
      reportEvent(this.#evidence, holder, { kind: 'missing', what });
    }
  }

  #unanswered(order: number): number {
    return this.#rules.unansweredEmails.get(this.#evidence.history.orderId(order)) ?? 0;
  }
}

function saysDifferentThings(events: readonly HistoryEvent[]): boolean {
  return new Set(events.map(({ hash }) => hash)).size > 1;
}
