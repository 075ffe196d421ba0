import type { Failures } from '../failures/failures.ts';
import { readRecordFates } from '../failures/record-fates.ts';
import { traceRecords, type TraceView } from '../model/trace.ts';
import type { ConsoleSources } from '../ports.ts';
import type { ConsoleState } from '../sampling/console-state.ts';
import { KeyFinder } from './key-finder.ts';

export interface TracerDeps {
  readonly state: ConsoleState;
  readonly sources: Pick<ConsoleSources, 'records' | 'effects'>;
  readonly failures: Pick<Failures, 'queues' | 'list' | 'journal'>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Milliseconds for which viewers of a key share one answer, however many they are. All pages ask after the same update, well within
 * this time; the next sample comes a second later and gets an answer of its own.
 */
const SHARED_MS = 500;

interface Shared {
  readonly at: number;
  readonly answer: Promise<TraceView>;
}

/** Answers where an order is, and what became of it. */
export class Tracer {
  readonly #deps: TracerDeps;
  readonly #finder: KeyFinder;
  readonly #shared = new Map<string, Shared>();

  constructor(deps: TracerDeps) {
    this.#deps = deps;
    this.#finder = new KeyFinder(deps.sources.records, deps.now);
  }

  /** @throws the client's error when the brokers or the tables cannot be read. */
  trace(key: string): Promise<TraceView> {
    const now = this.#deps.now();
    for (const [other, { at }] of this.#shared) if (now - at >= SHARED_MS) this.#shared.delete(other);
    const shared = this.#shared.get(key);
    if (shared !== undefined) return shared.answer;
    const answer = this.#read(key);
    this.#shared.set(key, { at: now, answer });
    return answer;
  }

  async #read(key: string): Promise<TraceView> {
    const { state, sources, failures } = this.#deps;
    const [{ looked, records }, effects, fateOf] = await Promise.all([
      this.#finder.find(key, state.partitionCounts),
      sources.effects(key),
      readRecordFates(failures),
    ]);
    const { overview, calls } = state;
    const { since } = calls;
    return {
      key,
      looked,
      events: traceRecords(records, { overview, calls, fateOf }),
      effects,
      ...(since === undefined ? {} : { attemptsSince: since }),
    };
  }
}
