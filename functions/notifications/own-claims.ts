/**
 * What this execution environment knows of a claim of its own that the ledger may still show as SENDING.
 *
 * - `free`: nobody sends under it, and the message may be sent.
 * - `sent`: the provider has taken the message, and the confirmation is missing.
 */
export type OwnClaim = { readonly kind: 'free' } | { readonly kind: 'sent'; readonly messageId: string };

/** Far more than the claims that an outage can leave behind in one environment. */
const MOST_CLAIMS = 10_000;

/**
 * Remembers claims whose last write had no answer, for as long as the environment lives. The ledger alone cannot tell
 * such a claim from one whose owner died during a send.
 */
export class OwnClaims {
  /** Oldest first. */
  readonly #claims = new Map<string, OwnClaim>();

  remember(claimId: string, claim: OwnClaim): void {
    this.#claims.set(claimId, claim);
    if (this.#claims.size <= MOST_CLAIMS) return;
    const [oldest] = this.#claims.keys();
    if (oldest !== undefined) this.#claims.delete(oldest);
  }

  /** Undefined when nothing is known: the claim is somebody else's, or is in use. */
  find(claimId: string): OwnClaim | undefined {
    return this.#claims.get(claimId);
  }
}
