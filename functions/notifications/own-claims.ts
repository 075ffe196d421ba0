import type { NotificationKey } from './ports.ts';

/**
 * What this execution environment knows of a claim of its own that the ledger may still show as SENDING.
 *
 * - `free`: nobody sends under it, and the message may be sent.
 * - `sent`: the provider has taken the message, and the confirmation is missing.
 */
export type OwnClaim =
  | { readonly kind: 'free' }
  | { readonly kind: 'sent'; readonly key: NotificationKey; readonly messageId: string };

/** A send that the provider has taken and that the ledger does not know of. */
export interface UnconfirmedSend {
  readonly claimId: string;
  readonly key: NotificationKey;
  readonly messageId: string;
}

/** Far more than the claims that an outage can leave behind in one environment. */
const MOST_CLAIMS = 10_000;

/**
 * Remembers claims whose last write had no answer, for as long as the environment lives. The ledger alone cannot tell
 * such a claim from one whose owner died during a send.
 */
export class OwnClaims {
  /** Oldest first. */
  readonly #claims = new Map<string, OwnClaim>();
  readonly #unconfirmed = new Set<string>();

  remember(claimId: string, claim: OwnClaim): void {
    this.#claims.set(claimId, claim);
    if (claim.kind === 'sent') this.#unconfirmed.add(claimId);
    if (this.#claims.size <= MOST_CLAIMS) return;
    const [oldest] = this.#claims.keys();
    if (oldest !== undefined) this.#forget(oldest);
  }

  /** Undefined when nothing is known: the claim is somebody else's, or is in use. */
  find(claimId: string): OwnClaim | undefined {
    return this.#claims.get(claimId);
  }

  /** Hands out each send that is still to be confirmed, to one caller; whoever fails at it remembers it again. */
  takeUnconfirmed(): readonly UnconfirmedSend[] {
    const taken = [...this.#unconfirmed].flatMap((claimId) => {
      const claim = this.#claims.get(claimId);
      return claim?.kind === 'sent' ? [{ claimId, key: claim.key, messageId: claim.messageId }] : [];
    });
    this.#unconfirmed.clear();
    return taken;
  }

  #forget(claimId: string): void {
    this.#claims.delete(claimId);
    this.#unconfirmed.delete(claimId);
  }
}
