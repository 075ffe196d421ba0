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

  /** Hands out each claim that the ledger is to be told of, to one caller; whoever fails at it remembers it again. */
  takeUnsettled(): ReadonlyMap<string, OwnClaim> {
    const taken = new Map<string, OwnClaim>();
    for (const claimId of this.#unsettled) {
      const claim = this.#claims.get(claimId);
      if (claim !== undefined) taken.set(claimId, claim);
    }
    this.#unsettled.clear();
    return taken;
  }

  #forget(claimId: string): void {
    this.#claims.delete(claimId);
    this.#unsettled.delete(claimId);
  }
}
