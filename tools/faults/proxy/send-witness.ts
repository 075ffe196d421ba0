export type Channel = 'email' | 'sms';

/** What the caller of a provider learns. `clear`: that the message was taken, or that it was refused. */
export interface SendEnd {
  readonly channel: Channel;
  readonly orderId: string;
  readonly answer: 'taken' | 'refused' | 'none';
  /** Whether the provider got the request. */
  readonly reached: boolean;
}

/**
 * Sees every message between the functions and the providers, and so knows which sends nobody can know the outcome of.
 * Only these may lead to a second e-mail or to an SMS that is parked.
 */
export class SendWitness {
  readonly #unansweredEmails = new Map<string, number>();
  readonly #unclearSms = new Set<string>();
  /** Taken by the provider, and not yet confirmed in the table. */
  readonly #unconfirmed = new Map<string, { readonly channel: Channel; readonly orderId: string }>();

  /** Sends of e-mails whose outcome nobody could know, by order. */
  get unansweredEmails(): ReadonlyMap<string, number> {
    return this.#unansweredEmails;
  }

  get unclearSms(): ReadonlySet<string> {
    return this.#unclearSms;
  }

  ended({ channel, orderId, answer, reached }: SendEnd): void {
    if (answer === 'taken') this.#unconfirmed.set(nameOf(channel, orderId), { channel, orderId });
    if (answer === 'none') this.#noteUnclear(channel, orderId, reached);
  }

  confirmed(channel: Channel, orderId: string): void {
    this.#unconfirmed.delete(nameOf(channel, orderId));
  }

  /** A process was killed: what it had sent and not confirmed is forgotten. */
  killed(): void {
    for (const { channel, orderId } of this.#unconfirmed.values()) this.#noteUnclear(channel, orderId, true);
    this.#unconfirmed.clear();
  }

  #noteUnclear(channel: Channel, orderId: string, reached: boolean): void {
    if (channel === 'sms') this.#unclearSms.add(orderId);
    else if (reached) this.#unansweredEmails.set(orderId, (this.#unansweredEmails.get(orderId) ?? 0) + 1);
  }
}

function nameOf(channel: Channel, orderId: string): string {
  return `${channel} ${orderId}`;
}
