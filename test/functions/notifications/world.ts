import type { Deadline } from '../../../functions/kernel/deadline.ts';
import type { ReceivedEvent } from '../../../functions/kernel/order-event.ts';
import type { ConsumerOutcome } from '../../../functions/kernel/record-outcome.ts';
import type {
  EmailMessage,
  LedgerAnswer,
  NotificationKey,
  SendResult,
  SmsMessage,
} from '../../../functions/notifications/ports.ts';
import { OwnClaims } from '../../../functions/notifications/own-claims.ts';
import { processOrderEvent } from '../../../functions/notifications/process-order-event.ts';
import { SendBreaker } from '../../../functions/notifications/send-breaker.ts';
import { SendLimit } from '../../../functions/notifications/send-limit.ts';
import { err } from '../../../functions/kernel/result.ts';
import { Crash, UNAVAILABLE } from '../faults.ts';
import { aRecord } from '../received-events.ts';
import { InMemoryLedger } from './in-memory-ledger.ts';

/** What the provider does with one message. */
export type ProviderFate = 'takes' | 'takesAndLosesReply' | 'refuses' | 'throttles' | 'dies' | 'takesAndDies';

const INVOCATION_MS = 30_000;

/** What a mapping waits at most before it calls a function again that fails. */
export const LONGEST_BACKOFF_MS = 30_000;

/** What passes by itself: another's claim, and the rest of a provider. */
const PASSING_CODES: ReadonlySet<string> = new Set(['claim-held', 'provider-resting']);

/** More than a lease, a grace and a rest last together. */
const MOST_TRIES = 9;

/** A ledger, two providers and a clock that only moves when somebody waits. */
export class World {
  readonly ledger = new InMemoryLedger();
  readonly emails: EmailMessage[] = [];
  readonly texts: SmsMessage[] = [];
  nowMs = Date.parse('2026-11-21T08:00:00Z');
  emailFates: ProviderFate[] = [];
  smsFates: ProviderFate[] = [];
  /** What somebody else does while a delivery waits. */
  whilePausing: () => Promise<unknown> = () => Promise.resolve();
  readonly limit = new SendLimit({ first: 1, most: 1 }, () => this.nowMs);
  /** What the environment that is delivered to has in memory. */
  environment = new OwnClaims();
  breakers = this.#newBreakers();
  #claims = 0;

  /** One invocation with one record. */
  deliver(event: ReceivedEvent, invocationMs = INVOCATION_MS): Promise<ConsumerOutcome> {
    const endMs = this.nowMs + invocationMs;
    const deadline: Deadline = { remainingMs: () => endMs - this.nowMs };
    const process = processOrderEvent({
      ledger: this.ledger,
      surroundings: {
        nowMs: () => this.nowMs,
        pause: (ms) => this.#pause(ms),
        random: () => 0.5,
        newClaimId: () => this.#newClaimId(),
      },
      ownClaims: this.environment,
      limits: { email: this.limit, sms: this.limit },
      breakers: this.breakers,
      sendEmail: (message) => handOver(this.emailFates.shift(), () => this.emails.push(message)),
      sendSms: (message) => handOver(this.smsFates.shift(), () => this.texts.push(message)),
    });
    return process(aRecord(event), deadline);
  }

  /** A record as a mapping sends it: again after its longest backoff, for as long as somebody else's claim or a provider's rest is in the way. */
  async deliverUntilFree(event: ReceivedEvent): Promise<ConsumerOutcome> {
    for (let tries = 1; ; tries += 1) {
      const outcome = await this.deliver(event);
      const passes = outcome.kind === 'failed' && PASSING_CODES.has(outcome.failure.code);
      if (!passes || tries === MOST_TRIES) return outcome;
      this.nowMs += LONGEST_BACKOFF_MS;
    }
  }

  /** Whatever the environment has in memory stays behind. */
  moveToAnotherEnvironment(): void {
    this.environment = new OwnClaims();
    this.breakers = this.#newBreakers();
  }

  /** Lets one of the ledger's writes fail for so long, without an effect. */
  fail(write: 'confirm' | 'release' | 'markAmbiguous', forMs: number): void {
    const untilMs = this.nowMs + forMs;
    const works = this.ledger[write];
    const failing = (key: NotificationKey, claimId: string): Promise<LedgerAnswer> =>
      this.nowMs < untilMs ? Promise.resolve(err(UNAVAILABLE)) : works(key, claimId);
    Object.assign(this.ledger, { [write]: failing });
  }

  async #pause(ms: number): Promise<void> {
    this.nowMs += ms;
    await this.whilePausing();
  }

  #newBreakers() {
    const breaker = () => new SendBreaker(() => this.nowMs);
    return { email: breaker(), sms: breaker() };
  }

  #newClaimId(): string {
    this.#claims += 1;
    return `claim-${this.#claims}`;
  }
}

async function handOver(fate: ProviderFate = 'takes', take: () => void): Promise<SendResult> {
  await Promise.resolve();
  const failure = { code: 'provider-unavailable', message: 'planted' } as const;
  switch (fate) {
    case 'takes':
      take();
      return { kind: 'sent', messageId: 'message-1' };
    case 'takesAndLosesReply':
      take();
      return { kind: 'unknown', failure };
    case 'refuses':
      return { kind: 'refused', failure: { code: 'contact-refused', message: 'planted' } };
    case 'throttles':
      return { kind: 'refused', failure };
    case 'takesAndDies':
      take();
      throw new Crash();
    case 'dies':
      throw new Crash();
  }
}
