/** Says when it is time for something that is wanted often while somebody looks, and seldom or never otherwise. */
export class Pace {
  readonly #everyMs: number;
  readonly #unwatchedMs: number;
  #last = Number.NEGATIVE_INFINITY;

  /** @param paces - milliseconds; `unwatched`: while nobody looks, by default never. */
  constructor({
    watched,
    unwatched = Number.POSITIVE_INFINITY,
  }: {
    readonly watched: number;
    readonly unwatched?: number;
  }) {
    this.#everyMs = watched;
    this.#unwatchedMs = unwatched;
  }

  /** Answers yes at most once in each of its times. @param now - epoch milliseconds. */
  isDue(now: number, isWatched: boolean): boolean {
    const every = isWatched ? this.#everyMs : this.#unwatchedMs;
    // Without viewers there is no first time either.
    if (every === Number.POSITIVE_INFINITY || now - this.#last < every) return false;
    this.#last = now;
    return true;
  }
}
