import type { CallReport } from '../../local/environment/control/call-report.ts';

/** Calls that are kept for the page; the environment keeps fewer. */
const MOST_CALLS = 5_000;

/** Keeps the function calls that the environment reported, the latest change last. */
export class Calls {
  readonly #calls = new Map<string, CallReport>();
  #revision = 0;
  #forgotten = 0;

  /** The revision from which to ask on. */
  get revision(): number {
    return this.#revision;
  }

  /** When the oldest kept call began, in epoch milliseconds; absent while none was forgotten. */
  get since(): number | undefined {
    return this.#forgotten === 0 ? undefined : this.#calls.values().next().value?.startedAt;
  }

  /** @returns whether there was anything new. */
  take({ calls, revision }: { readonly calls: readonly CallReport[]; readonly revision: number }): boolean {
    this.#revision = revision;
    for (const call of calls) {
      const key = keyOf(call);
      this.#calls.delete(key);
      this.#calls.set(key, call);
    }
    for (const [key] of this.#calls) {
      if (this.#calls.size <= MOST_CALLS) break;
      this.#calls.delete(key);
      this.#forgotten += 1;
    }
    return calls.length > 0;
  }

  /** The latest, the newest first. */
  latest(count: number): readonly CallReport[] {
    return [...this.#calls.values()].slice(-count).toReversed();
  }

  /** The calls of a group with one record, the oldest first. */
  withRecord(groupId: string, partition: number, offset: number): readonly CallReport[] {
    return [...this.#calls.values()]
      .filter(
        (call) =>
          call.consumerGroupId === groupId &&
          call.partitions.some(
            (part) => part.partition === partition && part.firstOffset <= offset && part.lastOffset >= offset,
          ),
      )
      .toSorted((one, other) => one.startedAt - other.startedAt);
  }
}

/** What makes a call another than all others. */
function keyOf({ pid, number, startedAt }: Pick<CallReport, 'pid' | 'number' | 'startedAt'>): string {
  return `${pid}/${number}/${startedAt}`;
}
