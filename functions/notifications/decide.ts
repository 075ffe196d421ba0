import type { ConditionalWrite } from '../idempotency/conditional-write.ts';
import { duplicateVerdict } from '../idempotency/duplicate-verdict.ts';
import { leaseState } from '../idempotency/lease.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import type { OwnClaim } from './own-claims.ts';
import type { Channel, Claim, NotificationEntry } from './ports.ts';

/**
 * The promise for a send with an unknown outcome. No provider accepts an idempotency token, so one of two errors must
 * be chosen.
 *
 * - E-mail is sent again: one e-mail per order and type, and a second one only when the outcome of a send is unknown.
 * - SMS is not: at most one, and an unknown outcome is parked for a person. It is sent again only after a person has
 *   deleted the entry from the ledger and redriven the record.
 */
const WHEN_UNKNOWN = { email: 'resend', sms: 'park' } as const satisfies Record<Channel, 'resend' | 'park'>;

/** The next step after a try to claim a notification. */
export type ClaimStep =
  | { readonly kind: 'send' }
  | { readonly kind: 'settle'; readonly outcome: ConsumerOutcome }
  | { readonly kind: 'claim' }
  | { readonly kind: 'wait'; readonly ms: number }
  | { readonly kind: 'grantGrace'; readonly entry: NotificationEntry }
  | { readonly kind: 'takeOver'; readonly entry: NotificationEntry }
  | { readonly kind: 'confirm'; readonly entry: NotificationEntry; readonly messageId: string }
  | { readonly kind: 'markAmbiguous'; readonly entry: NotificationEntry };

/** The claim that meets an entry, and the time. */
export interface Visitor {
  readonly channel: Channel;
  readonly claim: Pick<Claim, 'claimId' | 'mark'>;
  readonly nowMs: number;
  /** The environment's knowledge about a claim that it made in an earlier delivery. */
  readonly ownClaim: (claimId: string) => OwnClaim | undefined;
}

/** Judges what a claim met. A failed condition whose entry carries our own claim is our own write, seen by a retry. */
export function decideOnClaim(
  visitor: Visitor,
  write: ConditionalWrite<NotificationEntry | undefined>,
): ClaimStep {
  const { claim } = visitor;
  if (write.kind === 'written') return { kind: 'send' };
  const entry = write.existing;
  if (entry === undefined) return { kind: 'claim' };
  if (entry.claimId === claim.claimId) return { kind: 'send' };
  const verdict = duplicateVerdict(entry.mark, claim.mark);
  return verdict.kind === 'duplicate' ? decideOnEntry(visitor, entry) : { kind: 'settle', outcome: verdict };
}

/**
 * An ambiguous entry is parked again: the first parking may have failed, and a person had better find the record twice
 * in the queue than never.
 */
function decideOnEntry(visitor: Visitor, entry: NotificationEntry): ClaimStep {
  switch (entry.status) {
    case 'SENT':
      return { kind: 'settle', outcome: { kind: 'duplicate' } };
    case 'AMBIGUOUS':
      return { kind: 'settle', outcome: SEND_AMBIGUOUS };
    case 'SENDING':
      return decideOnOpenClaim(visitor, entry);
  }
}

/** What we know of a claim that we made earlier counts more than its lease. */
function decideOnOpenClaim({ channel, nowMs, ownClaim }: Visitor, entry: NotificationEntry): ClaimStep {
  const own = ownClaim(entry.claimId);
  if (own?.kind === 'sent') return { kind: 'confirm', entry, messageId: own.messageId };
  if (own?.kind === 'free') return { kind: 'takeOver', entry };
  const lease = leaseState(entry.leaseUntilMs, nowMs);
  return lease.kind === 'live' ? { kind: 'wait', ms: lease.remainingMs } : decideOnLapsed(channel, entry);
}

/** Whoever claimed it may have sent it, and be alive with the confirmation in hand. After the grace it is gone. */
function decideOnLapsed(channel: Channel, entry: NotificationEntry): ClaimStep {
  if (!entry.hadGrace) return { kind: 'grantGrace', entry };
  return { kind: WHEN_UNKNOWN[channel] === 'resend' ? 'takeOver' : 'markAmbiguous', entry };
}

/** Decides what happens to the claim after our own send had no clear answer. */
export function afterUnknownSend(channel: Channel): 'release' | 'markAmbiguous' {
  return WHEN_UNKNOWN[channel] === 'resend' ? 'release' : 'markAmbiguous';
}

export const SEND_AMBIGUOUS: ConsumerOutcome = {
  kind: 'poison',
  failure: {
    code: 'send-ambiguous',
    message:
      'An SMS may or may not have been sent. If it was not: delete its entry from the table, then redrive this record.',
  },
};

export const CLAIM_HELD: ConsumerOutcome = {
  kind: 'failed',
  failure: {
    code: 'claim-held',
    message: 'Another invocation has claimed this notification, for longer than this one lasts.',
  },
};

export const OUT_OF_TIME: ConsumerOutcome = {
  kind: 'failed',
  failure: { code: 'out-of-time', message: 'The invocation would end before the notification is sent.' },
};
