export type Channel = 'email' | 'sms';

/** How a request ended. */
export interface Outcome {
  /** What the service did; nothing when the request never got there, or failed there. */
  readonly did: 'took' | 'refused' | 'nothing';
  /** Whether the caller heard of it. */
  readonly isAnswered: boolean;
}

export interface SendEnd extends Outcome {
  readonly channel: Channel;
  readonly orderId: string;
}

/**
 * Sees every message between the functions and the providers, and so knows which sends nobody can know the outcome of.
 * Only these may lead to a second e-mail or to an SMS that is parked.
 */
export class SendWitness {
  readonly #unansweredEmails = new Map<string, number>();
  readonly #unclearSms = new Set<string>();
  readonly #unsettled = new Set<string>();
  /** Claimed in the table and not settled there, by order; whether a provider took it. */
  readonly #open: Readonly<Record<Channel, Map<string, boolean>>> = { email: new Map(), sms: new Map() };

  /** Sends of e-mails whose outcome nobody could know, by order. */
  get unansweredEmails(): ReadonlyMap<string, number> {
    return this.#unansweredEmails;
  }

  get unclearSms(): ReadonlySet<string> {
    return this.#unclearSms;
  }

  /** Orders with a claim of which the table did not take down what became of it, because of a fault. */
  get unsettled(): ReadonlySet<string> {
    return this.#unsettled;
  }

  claimed(channel: Channel, orderId: string): void {
    this.#open[channel].set(orderId, false);
  }

  ended({ channel, orderId, did, isAnswered }: SendEnd): void {
    if (!isAnswered) this.#noteUnclear(channel, orderId, did === 'took');
    else if (did === 'took') this.#open[channel].set(orderId, true);
  }

  settled(channel: Channel, orderId: string): void {
    this.#open[channel].delete(orderId);
  }

  /** The table was to take down what became of a claim, and did not get to know it. */
  notSettled(orderId: string): void {
    this.#unsettled.add(orderId);
  }

  /**
   * Connections to a provider of SMS are cut. One that nobody has read from yet is cut with what its caller has written, so
   * each message that was claimed by now may have had no clear answer.
   */
  cutOffSms(): void {
    for (const [orderId] of this.#open.sms) this.#unclearSms.add(orderId);
  }

  /** A process was killed: whoever finds an open claim of it cannot know whether the message is out. */
  killed(): void {
    for (const channel of ['email', 'sms'] as const) {
      for (const [orderId, isTaken] of this.#open[channel]) this.#noteUnclear(channel, orderId, isTaken);
      this.#open[channel].clear();
    }
  }

  #noteUnclear(channel: Channel, orderId: string, isTaken: boolean): void {
    if (channel === 'sms') this.#unclearSms.add(orderId);
    else if (isTaken) this.#unansweredEmails.set(orderId, (this.#unansweredEmails.get(orderId) ?? 0) + 1);
  }
}
