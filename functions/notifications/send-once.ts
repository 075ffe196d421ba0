import type { EventMark } from '../idempotency/duplicate-verdict.ts';
import type { Deadline } from '../kernel/deadline.ts';
import { outcomeOfFailure } from '../kernel/outcome-of-failure.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import { claimNotification, type ClaimDependencies } from './claim-notification.ts';
import { afterUnknownSend, SEND_AMBIGUOUS } from './decide.ts';
import type { NotificationKey, NotificationLedger, SendResult } from './ports.ts';

/** A notification that is to be sent: `send` tries once. */
export interface Notification {
  readonly key: NotificationKey;
  readonly mark: EventMark;
  readonly send: () => Promise<SendResult>;
}

/**
 * Claim, send, confirm. There is one send per claim. What is promised beyond that differs by channel; see `decide.ts`.
 */
export async function sendOnce(
  deps: ClaimDependencies,
  { key, mark, send }: Notification,
  deadline: Deadline,
): Promise<ConsumerOutcome> {
  const claim = await claimNotification(deps, key, mark, deadline);
  return claim.kind === 'settled' ? claim.outcome : settle(deps.ledger, key, claim.claimId, await send());
}

/**
 * The answers of these writes are not looked at, on purpose: the message is out or it is not, and the record's fate follows
 * from that. A claim that could not be confirmed or released lapses, and is judged then.
 */
async function settle(
  ledger: NotificationLedger,
  key: NotificationKey,
  claimId: string,
  result: SendResult,
): Promise<ConsumerOutcome> {
  switch (result.kind) {
    case 'sent':
      await ledger.confirm(key, claimId, result.messageId);
      return { kind: 'processed' };
    case 'refused':
      await ledger.release(key, claimId);
      return outcomeOfFailure(result.failure);
    case 'unknown':
      if (afterUnknownSend(key.channel) === 'markAmbiguous') {
        await ledger.markAmbiguous(key, claimId);
        return SEND_AMBIGUOUS;
      }
      await ledger.release(key, claimId);
      return outcomeOfFailure(result.failure);
  }
}
