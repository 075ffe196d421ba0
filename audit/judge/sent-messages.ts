import { amountText } from '../event/money.ts';
import { fingerprint } from '../fingerprint.ts';
import { ByteColumn } from '../history/columns.ts';
import type { History, HistoryEvent } from '../history/history.ts';
import type { OutboxMessage } from '../ports.ts';
import { reportEvent, reportOrder, type GroupEvidence } from './group-evidence.ts';
import type { OrdersSeen } from './orders-seen.ts';

export type Channel = 'email' | 'sms';

const MOST_COUNTED = 255;

/** The number of messages of each order through one channel. */
export class SentMessages {
  readonly #evidence: GroupEvidence;
  readonly #channel: Channel;
  readonly #counts = new ByteColumn();
  total = 0;

  constructor(evidence: GroupEvidence, channel: Channel) {
    this.#evidence = evidence;
    this.#channel = channel;
  }

  async read(messages: AsyncIterable<OutboxMessage>, seen: OrdersSeen): Promise<void> {
    for await (const message of messages) {
      this.total += 1;
      const orderId = /\bOrder (\S+) received/.exec(message.text)?.[1] ?? '';
      const order = this.#evidence.history.findOrder(orderId);
      if (order === undefined) {
        seen.noteSourceless(
          orderId,
          `A customer got an ${nameOf(this.#channel)} about an order that is not on the topic.`,
        );
      } else this.#note(order, message);
    }
  }

  countOf(order: number): number {
    return this.#counts.get(order);
  }

  #note(order: number, message: OutboxMessage): void {
    this.#counts.set(order, Math.min(MOST_COUNTED, this.#counts.get(order) + 1));
    const wanted = this.#evidence.history.eventsOf(order).filter((event) => this.#addressOf(event) !== 0);
    const name = nameOf(this.#channel);
    const [first] = wanted;
    if (first === undefined) {
      const what = `A customer got an ${name} about this order, which names no address for it.`;
      reportOrder(this.#evidence, order, { kind: 'unexpected', what });
    } else if (!wanted.some((event) => this.#fits(event, message))) {
      const what = `The ${name} went to an address that differs from the event's, or has another amount.`;
      reportEvent(this.#evidence, first, { kind: 'wrong', what });
    }
  }

  #fits(event: HistoryEvent, { recipient, text }: OutboxMessage): boolean {
    const { totalMinor, currency } = this.#history.wishesOf(event.row);
    return (
      fingerprint(recipient) === this.#addressOf(event) && text.includes(amountText(totalMinor, currency))
    );
  }

  #addressOf({ kind, row }: HistoryEvent): number {
    return kind === 'placed' ? addressIn(this.#history, row, this.#channel) : 0;
  }

  get #history(): History {
    return this.#evidence.history;
  }
}

/** The fingerprint of the address that an order.placed names for a channel; 0 when it names none. */
export function addressIn(history: History, row: number, channel: Channel): number {
  const { email, phone } = history.wishesOf(row);
  return channel === 'email' ? email : phone;
}

export function nameOf(channel: Channel): string {
  return channel === 'email' ? 'e-mail' : 'SMS';
}
