import { traceRecords, type TraceView } from '../model/trace.ts';
import type { ConsoleSources } from '../ports.ts';
import type { ConsoleState } from '../sampling/console-state.ts';
import { KeyFinder } from './key-finder.ts';

export interface TracerDeps {
  readonly state: ConsoleState;
  readonly sources: Pick<ConsoleSources, 'records' | 'effects'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Answers where an order is, and what became of it. */
export class Tracer {
  readonly #deps: TracerDeps;
  readonly #finder: KeyFinder;

  constructor(deps: TracerDeps) {
    this.#deps = deps;
    this.#finder = new KeyFinder(deps.sources.records, deps.now);
  }

  /** @throws the client's error when the brokers or the tables cannot be read. */
  async trace(key: string): Promise<TraceView> {
    const { state, sources } = this.#deps;
    const [{ looked, records }, effects] = await Promise.all([
      this.#finder.find(key, state.partitionCounts),
      sources.effects(key),
    ]);
    const { since } = state.calls;
    return {
      key,
      looked,
      events: traceRecords(records, state.overview, state.calls),
      effects,
      ...(since === undefined ? {} : { attemptsSince: since }),
    };
  }
}
