import type { EffectFailure } from '../kernel/outcome-of-failure.ts';
import type { NotificationKey } from './ports.ts';

/**
 * What this execution environment knows of a claim of its own that the ledger may still show as SENDING.
 *
 * - `free`: nobody sends under it, and the message may be sent.
 * - `sent`: the provider has taken the message, and the confirmation is missing.
 */
export type OwnClaim = { readonly key: NotificationKey } & (
  { readonly kind: 'free' } | { readonly kind: 'sent'; readonly messageId: string }
);

/** Far more than the claims that an outage can leave behind in one environment. */
const MOST_CLAIMS = 10_000;

/**
 * Remembers claims whose last write had no answer, for as long as the environment lives. The ledger alone cannot tell
 * such a claim from one whose owner died during a send.
 */
export class OwnClaims {
  /** Oldest first. */
  readonly #claims = new Map<string, OwnClaim>();
  /** Ids of those that the ledger is still to be told of. */
  readonly #unsettled = new Set<string>();
  #settling: Promise<EffectFailure | undefined> | undefined;

  remember(claimId: string, claim: OwnClaim): void {
    this.#claims.set(claimId, claim);
    this.#unsettled.add(claimId);
    if (this.#claims.size <= MOST_CLAIMS) return;
    const [oldest] = this.#claims.keys();
    if (oldest !== undefined) this.#forget(oldest);
  }

  /** Undefined when nothing is known: the claim is somebody else's, or is in use. */
  find(claimId: string): OwnClaim | undefined {
    return this.#claims.get(claimId);
  }

  /** Notes that the ledger knows what became of a claim. */
  settled(claimId: string): void {
    this.#unsettled.delete(claimId);
  }

  /** The claims that the ledger is to be told of, oldest first: somebody may wait for those. */
  unsettled(): readonly (readonly [claimId: string, claim: OwnClaim])[] {
    return this.#unsettled.size === 0
      ? []
      : [...this.#claims].filter(([claimId]) => this.#unsettled.has(claimId));
  }

  get hasUnsettled(): boolean {
    return this.#unsettled.size > 0;
  }

  /** Settles once at a time: all records that come in meanwhile wait for the same answer. */
  settleTogether(settle: () => Promise<EffectFailure | undefined>): Promise<EffectFailure | undefined> {
    this.#settling ??= settle().finally(() => {
      this.#settling = undefined;
    });
    return this.#settling;
  }

  #forget(claimId: string): void {
    this.#claims.delete(claimId);
    this.#unsettled.delete(claimId);
  }
}
