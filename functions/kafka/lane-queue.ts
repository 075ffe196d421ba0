import { unexpected } from '../kernel/record-failure.ts';
import type { RecordOutcome } from '../kernel/record-outcome.ts';
import type { Lane } from './lanes.ts';
import type { ReceivedRecord } from './received-record.ts';

/** The records of a lane from `start` up to, but without, `end`. */
interface LanePart {
  readonly lane: Lane;
  readonly start: number;
  readonly end: number;
}

/** What is handed to the consumer at once: consecutive records of one lane or of several. */
export type Run = readonly LanePart[];

export function recordsOf(run: Run): readonly ReceivedRecord[] {
  return run.flatMap(({ lane, start, end }) => lane.slice(start, end));
}

/**
 * The lanes that have records left and none in progress. A lane leaves the queue with its run; when that is settled,
 * the lane comes back as the next one, or what is left of it is held back behind its first failed record.
 */
export class LaneQueue {
  readonly #waiting: LanePart[];
  readonly #outcomes = new Map<ReceivedRecord, RecordOutcome>();

  constructor(lanes: readonly Lane[]) {
    this.#waiting = lanes.map((lane) => ({ lane, start: 0, end: lane.length })).toReversed();
  }

  /** The records settled so far. */
  get outcomes(): ReadonlyMap<ReceivedRecord, RecordOutcome> {
    return this.#outcomes;
  }

  /** The next run, of at most `maxRecords` records; empty when no lane is waiting. */
  takeRun(maxRecords: number): Run {
    const run: LanePart[] = [];
    for (let room = maxRecords; room > 0;) {
      const next = this.#waiting.pop();
      if (next === undefined) break;
      const part = { ...next, end: Math.min(next.end, next.start + room) };
      run.push(part);
      room -= part.end - part.start;
    }
    return run;
  }

  /** Takes the outcomes of a run, one for each of its records in their order, and lets its lanes go on or stop. */
  settle(run: Run, outcomes: readonly RecordOutcome[]): void {
    for (const [index, received] of recordsOf(run).entries()) {
      this.#outcomes.set(received, outcomes[index] ?? noOutcome());
    }
    run.forEach((part) => this.#continue(part));
  }

  #continue({ lane, start, end }: LanePart): void {
    const failed = lane.slice(start, end).find((received) => this.#outcomes.get(received)?.kind === 'failed');
    if (failed !== undefined) this.#holdBack(lane.slice(end), failed);
    else if (end < lane.length) this.#waiting.push({ lane, start: end, end: lane.length });
  }

  #holdBack(rest: Lane, { record: { topic, partition, offset } }: ReceivedRecord): void {
    for (const received of rest) {
      this.#outcomes.set(received, { kind: 'heldBack', behind: { topic, partition, offset } });
    }
  }
}

function noOutcome(): RecordOutcome {
  return { kind: 'failed', failure: unexpected('The run has no outcome for this record.') };
}
