/**
 * Lets work that touches a common sku run one after the other, in the order in which it was handed in, and all other work
 * at the same time. Writers of one sku in one batch would only cancel each other's transactions.
 */
export interface SkuTurns {
  readonly take: <T>(skus: Iterable<string>, work: () => Promise<T>) => Promise<T>;
}

export function skuTurns(): SkuTurns {
  const last = new Map<string, Promise<unknown>>();
  return {
    take: (skus, work) => {
      const names = [...skus];
      // Settled and not all: the fate of the work before says nothing about this one.
      const turn = Promise.allSettled(names.flatMap((name) => last.get(name) ?? [])).then(work);
      for (const name of names) last.set(name, turn);
      return turn;
    },
  };
}
