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

/** Milliseconds for which those who ask for a key share one answer while no page is open. */
const SHARED_MS = 500;

interface Shared {
  readonly at: number;
  /** The time of the sample that was the last one then. */
  readonly sampledAt: number;
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

  /**
   * Pages ask after each sample, so those who ask after the same one share an answer. Many cost what one does, however
   * long the machine takes to serve them all.
   *
   * @throws the client's error when the brokers or the tables cannot be read.
   */
  trace(key: string): Promise<TraceView> {
    for (const [other, shared] of this.#shared) if (!this.#isCurrent(shared)) this.#shared.delete(other);
    const shared = this.#shared.get(key);
    if (shared !== undefined) return shared.answer;
    const answer = this.#read(key);
    this.#shared.set(key, { at: this.#deps.now(), sampledAt: this.#deps.state.overview.at, answer });
    return answer;
  }

  #isCurrent({ at, sampledAt }: Shared): boolean {
    const { state, now } = this.#deps;
    return now() - at < SHARED_MS || (state.viewers > 0 && sampledAt === state.overview.at);
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
