import type { Deadline } from '../kernel/deadline.ts';
import type { EffectFailure } from '../kernel/outcome-of-failure.ts';
import type { ClaimDependencies } from './claim-notification.ts';
import type { OwnClaim } from './own-claims.ts';
import type { LedgerAnswer, NotificationLedger } from './ports.ts';
import { TIME_TO_WRITE_MS } from './timing.ts';
import { briefly } from './write-briefly.ts';

/**
 * Tells the ledger what became of claims of earlier invocations, oldest first. An outage may last longer than the invocation
 * that claimed, and the record may be done or in another environment by now.
 *
 * @returns undefined, or why the ledger could not be told. Nothing new is claimed then: each claim would be one more to tell of, and
 *   in a long outage those that were sent, or that somebody waits for, would be lost among thousands.
 */
export async function settleWhatIsLeft(
  deps: ClaimDependencies,
  deadline: Deadline,
): Promise<EffectFailure | undefined> {
  const { ownClaims } = deps;
  return ownClaims.hasUnsettled ? ownClaims.settleTogether(() => settleAll(deps, deadline)) : undefined;
}

async function settleAll(
  { ledger, ownClaims, surroundings }: ClaimDependencies,
  deadline: Deadline,
): Promise<EffectFailure | undefined> {
  for (const [claimId, claim] of ownClaims.unsettled()) {
    if (deadline.remainingMs() < TIME_TO_WRITE_MS) return undefined;
    const answer = await briefly({ deadline, surroundings }, () => settle(ledger, claimId, claim));
    if (answer.ok) ownClaims.settled(claimId);
    else if (answer.error.code === 'store-unavailable') return answer.error;
  }
  return undefined;
}

function settle(ledger: NotificationLedger, claimId: string, claim: OwnClaim): Promise<LedgerAnswer> {
  return claim.kind === 'sent'
    ? ledger.confirm(claim.key, claimId, claim.messageId)
    : ledger.release(claim.key, claimId);
}
