import type { FunctionCallReport } from '../../event-source-mapping/poller/function-call-report.ts';
import type { CallsSince } from '../control/call-report.ts';

/** The identity of a caller: its mapping's group and function, and its process. */
export interface Caller {
  readonly consumerGroupId: string;
  readonly functionName: string;
  readonly pid: number;
}

/** The number of calls to keep: those of the last minutes under load. Each is about 300 bytes. */
const MOST_CALLS = 2_000;
/** The maximum number of calls in one answer, which keeps it below a megabyte. */
const MOST_IN_ANSWER = 500;

/** Keeps the latest calls of functions by all pollers. */
export class CallLog {
  /** By caller and number, in the order of their last change. */
  readonly #calls = new Map<string, CallsSince['calls'][number]>();
  #revision = 0;

  /** Notes a call that began or ended. */
  note(caller: Caller, call: FunctionCallReport): void {
    const key = `${caller.pid}/${call.number}/${call.startedAt}`;
    this.#revision += 1;
    this.#calls.delete(key);
    this.#calls.set(key, { ...caller, ...call, revision: this.#revision });
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > MOST_CALLS && oldest !== undefined) this.#calls.delete(oldest);
  }

  /** Lists the calls that changed after a revision, the oldest change first. */
  since(revision: number): CallsSince {
    const changed = [...this.#calls.values()].filter((call) => call.revision > revision);
    const calls = changed.slice(0, MOST_IN_ANSWER);
    return { calls, revision: calls.at(-1)?.revision ?? this.#revision };
  }
}
