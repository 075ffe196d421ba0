import { err, ok } from '../../../functions/kernel/result.ts';
import type {
  Claim,
  LedgerAnswer,
  NotificationEntry,
  NotificationKey,
  NotificationLedger,
} from '../../../functions/notifications/ports.ts';
import { noFaults, UNAVAILABLE, underFault, type Faults } from '../faults.ts';

/** What a write puts in the place of an entry; `keep` where its condition fails. */
type Next = NotificationEntry | 'nothing' | 'keep';

/** A ledger with the conditions of the real one, and with faults. */
export class InMemoryLedger implements NotificationLedger {
  /** By channel: the tests know one order only. */
  readonly entries = new Map<NotificationKey['channel'], NotificationEntry>();
  faults: Faults = noFaults;

  readonly claim = (key: NotificationKey, claim: Claim) =>
    this.#write(key, (entry) =>
      entry === undefined ? { ...claim, status: 'SENDING', hadGrace: false } : 'keep',
    );

  readonly takeOver = (key: NotificationKey, claim: Claim, olderClaimId: string) =>
    this.#writeOwn(key, olderClaimId, () => ({ ...claim, status: 'SENDING', hadGrace: false }));

  readonly grantGrace = (key: NotificationKey, claimId: string, untilMs: number) =>
    this.#writeOwn(key, claimId, (entry) => ({ ...entry, leaseUntilMs: untilMs, hadGrace: true }));

  readonly markAmbiguous = (key: NotificationKey, claimId: string) =>
    this.#writeOwn(key, claimId, (entry) => ({ ...entry, status: 'AMBIGUOUS' }));

  readonly confirm = (key: NotificationKey, claimId: string) =>
    this.#writeOwn(key, claimId, (entry) => ({ ...entry, status: 'SENT' }));

  readonly release = (key: NotificationKey, claimId: string) => this.#writeOwn(key, claimId, () => 'nothing');

  #writeOwn(
    key: NotificationKey,
    claimId: string,
    next: (entry: NotificationEntry) => Next,
  ): Promise<LedgerAnswer> {
    return this.#write(key, (entry) =>
      entry?.claimId === claimId && entry.status === 'SENDING' ? next(entry) : 'keep',
    );
  }

  #write(
    { channel }: NotificationKey,
    next: (entry: NotificationEntry | undefined) => Next,
  ): Promise<LedgerAnswer> {
    return underFault<LedgerAnswer>(
      this.faults(),
      () => {
        const existing = this.entries.get(channel);
        const written = next(existing);
        if (written === 'keep') return ok({ kind: 'met', existing });
        if (written === 'nothing') this.entries.delete(channel);
        else this.entries.set(channel, written);
        return ok({ kind: 'written' });
      },
      () => err(UNAVAILABLE),
    );
  }
}
