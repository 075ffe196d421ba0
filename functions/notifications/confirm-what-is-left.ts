import type { Deadline } from '../kernel/deadline.ts';
import type { ClaimDependencies } from './claim-notification.ts';
import { TIME_TO_WRITE_MS } from './timing.ts';

/**
 * Confirms the sends of earlier invocations that the ledger has not taken down, one after the other, until it gives no answer.
 * An outage may last longer than the invocation that sent, and its record may be done or in another environment by now.
 */
export async function confirmWhatIsLeft(
  { ledger, ownClaims }: Pick<ClaimDependencies, 'ledger' | 'ownClaims'>,
  deadline: Deadline,
): Promise<void> {
  const sends = ownClaims.takeUnconfirmed();
  for (const [index, { claimId, key, messageId }] of sends.entries()) {
    const isAnswered =
      deadline.remainingMs() >= TIME_TO_WRITE_MS && (await ledger.confirm(key, claimId, messageId)).ok;
    if (isAnswered) continue;
    for (const left of sends.slice(index)) ownClaims.remember(left.claimId, { kind: 'sent', ...left });
    return;
  }
}
