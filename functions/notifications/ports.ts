import type { WriteAnswer } from '../idempotency/conditional-write.ts';
import type { EventMark } from '../idempotency/duplicate-verdict.ts';
import type { OrderEvent } from '../kernel/order-event.ts';
import type { EffectFailure } from '../kernel/outcome-of-failure.ts';
import type { RetryableFailure } from '../kernel/record-failure.ts';

export type Channel = 'email' | 'sms';

/** There is one notification per order, event type and channel. */
export interface NotificationKey {
  readonly orderId: string;
  readonly type: OrderEvent['type'];
  readonly channel: Channel;
}

/** The right to send a notification, for as long as the lease lasts. */
export interface Claim {
  /** New for each delivery; whoever finds it on the entry knows whose write that is. */
  readonly claimId: string;
  /** 1 for the first, one more each time that a claim is taken over. */
  readonly attempt: number;
  /** Epoch milliseconds. */
  readonly leaseUntilMs: number;
  readonly mark: EventMark;
}

/** The stored entry of a notification. AMBIGUOUS: it is unknown whether the message was sent, and a person decides. */
export interface NotificationEntry extends Claim {
  readonly status: 'SENDING' | 'SENT' | 'AMBIGUOUS';
  /** Whether the claim has lapsed once, and its owner got a last time to confirm, which `leaseUntilMs` then ends. */
  readonly hadGrace: boolean;
}

/** The entry that a write meets; undefined when there is none, because a claim was released. */
export type LedgerAnswer = WriteAnswer<NotificationEntry | undefined>;

/** One entry per notification. Each method is one atomic write that happens only when its condition holds. */
export interface NotificationLedger {
  /** When there is no entry. */
  readonly claim: (key: NotificationKey, claim: Claim) => Promise<LedgerAnswer>;
  /** When the entry is still SENDING under the older claim. */
  readonly takeOver: (key: NotificationKey, claim: Claim, olderClaimId: string) => Promise<LedgerAnswer>;
  /** When the entry is still SENDING under this claim; likewise the following ones. @param untilMs - epoch milliseconds. */
  readonly grantGrace: (key: NotificationKey, claimId: string, untilMs: number) => Promise<LedgerAnswer>;
  readonly markAmbiguous: (key: NotificationKey, claimId: string) => Promise<LedgerAnswer>;
  readonly confirm: (key: NotificationKey, claimId: string, messageId: string) => Promise<LedgerAnswer>;
  readonly release: (key: NotificationKey, claimId: string) => Promise<LedgerAnswer>;
}

/** The result of one attempt to send. */
export type SendResult =
  | { readonly kind: 'sent'; readonly messageId: string }
  /** Surely not sent. The failure says whether another try can help. */
  | { readonly kind: 'refused'; readonly failure: EffectFailure }
  /** Sent or not: there was no answer, or none that tells. */
  | { readonly kind: 'unknown'; readonly failure: RetryableFailure };

/** Plain text. */
export interface EmailMessage {
  readonly to: string;
  readonly subject: string;
  readonly body: string;
  /** Goes along as a tag, so that the provider's events can be matched with the ledger. */
  readonly notificationId: string;
}

export interface SmsMessage {
  /** E.164. */
  readonly to: string;
  readonly text: string;
}

/** Tries exactly once. */
export type Send<M> = (message: M) => Promise<SendResult>;
export type SendEmail = Send<EmailMessage>;
export type SendSms = Send<SmsMessage>;
