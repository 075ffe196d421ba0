/** Sums by name, such as minor units by currency, exact however large they become. */
export class Sums {
  readonly #sums = new Map<string, bigint>();

  add(name: string, amount: number): void {
    this.#sums.set(name, (this.#sums.get(name) ?? 0n) + BigInt(amount));
  }

  get(name: string): bigint {
    return this.#sums.get(name) ?? 0n;
  }

  get names(): readonly string[] {
    return [...this.#sums.keys()].toSorted();
  }

  /** Formats a sum as text, because JSON numbers are not large enough. */
  toJSON(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.names.map((name) => [name, String(this.get(name))]));
  }
}

/** The names whose sums differ. */
export function differing(expected: Sums, found: Sums): readonly string[] {
  const names = new Set([...expected.names, ...found.names]);
  return [...names].toSorted().filter((name) => expected.get(name) !== found.get(name));
}
