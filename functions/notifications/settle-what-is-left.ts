import type { Deadline } from '../kernel/deadline.ts';
import type { ClaimDependencies } from './claim-notification.ts';
import type { OwnClaim } from './own-claims.ts';
import type { LedgerAnswer, NotificationLedger } from './ports.ts';
import { TIME_TO_WRITE_MS } from './timing.ts';

/**
 * Tells the ledger what became of claims of earlier invocations, one after the other, until it gives no answer. An outage
 * may last longer than the invocation that claimed, and the record may be done or in another environment by now.
 */
export async function settleWhatIsLeft(
  { ledger, ownClaims }: Pick<ClaimDependencies, 'ledger' | 'ownClaims'>,
  deadline: Deadline,
): Promise<void> {
  const claims = [...ownClaims.takeUnsettled()];
  for (const [index, [claimId, claim]] of claims.entries()) {
    const isSettled = deadline.remainingMs() >= TIME_TO_WRITE_MS && (await settle(ledger, claimId, claim)).ok;
    if (isSettled) continue;
    for (const left of claims.slice(index)) ownClaims.remember(...left);
    return;
  }
}

function settle(ledger: NotificationLedger, claimId: string, claim: OwnClaim): Promise<LedgerAnswer> {
  return claim.kind === 'sent'
    ? ledger.confirm(claim.key, claimId, claim.messageId)
    : ledger.release(claim.key, claimId);
}
