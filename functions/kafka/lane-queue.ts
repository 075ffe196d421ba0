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

/** The records that the consumer gets at once: consecutive records of one or several lanes. */
export interface Run {
  readonly parts: readonly LanePart[];
  /** Of all parts, one part after the other. */
  readonly records: readonly ReceivedRecord[];
}

/**
 * The lanes that have records left and none in progress. A lane leaves the queue with its run; when that is settled,
 * the lane comes back as the next one, or what is left of it is held back behind its first failed record.
 */
export class LaneQueue {
  readonly #waiting: LanePart[];
  readonly #outcomes: (RecordOutcome | undefined)[] = [];

  constructor(lanes: readonly Lane[]) {
    this.#waiting = lanes.map((lane) => ({ lane, start: 0, end: lane.length })).toReversed();
  }

  /** Of the records settled so far, by their positions. */
  get outcomes(): readonly (RecordOutcome | undefined)[] {
    return this.#outcomes;
  }

  /** The next run, of at most `maxRecords` records; without any when no lane is waiting. */
  takeRun(maxRecords: number): Run {
    const parts: LanePart[] = [];
    const records: ReceivedRecord[] = [];
    while (records.length < maxRecords) {
      const next = this.#waiting.pop();
      if (next === undefined) break;
      const part = atMost(next, maxRecords - records.length);
      parts.push(part);
      for (let index = part.start; index < part.end; index += 1) {
        const received = part.lane[index];
        if (received !== undefined) records.push(received);
      }
    }
    return { parts, records };
  }

  /** Takes the outcomes of a run, one for each of its records in their order, and continues or stops its lanes. */
  settle({ parts, records }: Run, outcomes: readonly RecordOutcome[]): void {
    for (const [index, { position }] of records.entries())
      this.#outcomes[position] = outcomes[index] ?? noOutcome();
    for (const part of parts) this.#continue(part);
  }

  #continue({ lane, start, end }: LanePart): void {
    for (let index = start; index < end; index += 1) {
      const received = lane[index];
      if (received !== undefined && this.#outcomes[received.position]?.kind === 'failed') {
        this.#holdBack(lane.slice(end), received);
        return;
      }
    }
    if (end < lane.length) this.#waiting.push({ lane, start: end, end: lane.length });
  }

  #holdBack(rest: Lane, { record: { topic, partition, offset } }: ReceivedRecord): void {
    for (const { position } of rest)
      this.#outcomes[position] = { kind: 'heldBack', behind: { topic, partition, offset } };
  }
}

function atMost(part: LanePart, records: number): LanePart {
  const end = part.start + records;
  return part.end <= end ? part : { ...part, end };
}

function noOutcome(): RecordOutcome {
  return { kind: 'failed', failure: unexpected('The run has no outcome for this record.') };
}
