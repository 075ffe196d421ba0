import type { EffectFailure } from '../kernel/outcome-of-failure.ts';
import { ok, type Result } from '../kernel/result.ts';
import type {
  Claim,
  LedgerAnswer,
  NotificationEntry,
  NotificationKey,
  NotificationLedger,
  SendResult,
} from './ports.ts';

/** Reads what is stored of a notification, never a stale state; undefined when nothing is. */
export type FindEntry = (
  key: NotificationKey,
) => Promise<Result<NotificationEntry | undefined, EffectFailure>>;

type Change = (entry: NotificationEntry | undefined) => NotificationEntry | 'removed' | undefined;

/** Answers as the ledger would, and writes nothing: what earlier records of the rehearsal would have written is remembered. */
export function rehearsalLedger(find: FindEntry): NotificationLedger {
  const written = new Map<string, NotificationEntry | undefined>();
  const write = async (key: NotificationKey, change: Change): Promise<LedgerAnswer> => {
    const name = JSON.stringify([key.orderId, key.type, key.channel]);
    const found = written.has(name) ? ok(written.get(name)) : await find(key);
    if (!found.ok) return found;
    const changed = change(found.value);
    if (changed === undefined) return ok({ kind: 'met', existing: found.value });
    written.set(name, changed === 'removed' ? undefined : changed);
    return ok({ kind: 'written' });
  };
  return {
    claim: (key, claim) => write(key, (entry) => (entry === undefined ? sending(claim) : undefined)),
    takeOver: (key, claim, olderClaimId) =>
      write(
        key,
        whileSending(olderClaimId, () => sending(claim)),
      ),
    // Whoever waits for a claim does so here in no time, so that its grace is over at once.
    grantGrace: (key, claimId) =>
      write(
        key,
        whileSending(claimId, (entry) => ({ ...entry, hadGrace: true, leaseUntilMs: 0 })),
      ),
    markAmbiguous: (key, claimId) =>
      write(
        key,
        whileSending(claimId, (entry) => ({ ...entry, status: 'AMBIGUOUS' })),
      ),
    confirm: (key, claimId) =>
      write(
        key,
        whileSending(claimId, (entry) => ({ ...entry, status: 'SENT' })),
      ),
    release: (key, claimId) =>
      write(
        key,
        whileSending(claimId, () => 'removed'),
      ),
  };
}

/** A change of an entry that is still SENDING under a claim. */
function whileSending(
  claimId: string,
  change: (entry: NotificationEntry) => NotificationEntry | 'removed',
): Change {
  return (entry) => (entry?.status === 'SENDING' && entry.claimId === claimId ? change(entry) : undefined);
}

function sending(claim: Claim): NotificationEntry {
  return { ...claim, status: 'SENDING', hadGrace: false };
}

/** Stands in for a provider. */
export function sendNothing(): Promise<SendResult> {
  return Promise.resolve({ kind: 'sent', messageId: 'rehearsed' });
}
