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
  /** One lane after the other. */
  readonly records: readonly ReceivedRecord[];
  /** The part of the last lane, if that has more records than there was room for. */
  readonly cut: LanePart | undefined;
}

/**
 * The lanes that have records left and none in progress. A lane leaves the queue with its run; when that is settled,
 * the lane comes back as the next one, or what is left of it is held back behind its first failed record.
 */
export class LaneQueue {
  readonly #lanes: Lane[];
  /** The lanes that came back: these are next. */
  readonly #resumed: LanePart[] = [];
  readonly #outcomes: (RecordOutcome | undefined)[] = [];

  constructor(lanes: readonly Lane[]) {
    this.#lanes = lanes.toReversed();
  }

  /** Of the records settled so far, by their positions. */
  get outcomes(): readonly (RecordOutcome | undefined)[] {
    return this.#outcomes;
  }

  /** The next run, of at most `maxRecords` records; without any when no lane is waiting. */
  takeRun(maxRecords: number): Run {
    const records: ReceivedRecord[] = [];
    let cut: LanePart | undefined;
    while (records.length < maxRecords) {
      const resumed = this.#resumed.pop();
      const lane = resumed?.lane ?? this.#lanes.pop();
      if (lane === undefined) break;
      cut = take(records, lane, resumed?.end ?? 0, maxRecords);
    }
    return { records, cut };
  }

  /** Takes the outcomes of a run, one for each of its records in their order, and continues or stops its last lane. */
  settle({ records, cut }: Run, outcomes: readonly RecordOutcome[]): void {
    let index = 0;
    for (const { position } of records) this.#outcomes[position] = outcomes[index++] ?? noOutcome();
    if (cut !== undefined) this.#continue(cut);
  }

  #continue(part: LanePart): void {
    const failed = part.lane
      .slice(part.start, part.end)
      .find(({ position }) => this.#outcomes[position]?.kind === 'failed');
    if (failed === undefined) this.#resumed.push(part);
    else this.#holdBack(part.lane.slice(part.end), failed);
  }

  #holdBack(rest: Lane, { record: { topic, partition, offset } }: ReceivedRecord): void {
    for (const { position } of rest)
      this.#outcomes[position] = { kind: 'heldBack', behind: { topic, partition, offset } };
  }
}

/** Adds a lane's records from `start` on, as many as there is room for. @returns the part, if some are left. */
function take(
  records: ReceivedRecord[],
  lane: Lane,
  start: number,
  maxRecords: number,
): LanePart | undefined {
  const end = Math.min(lane.length, start + maxRecords - records.length);
  for (let index = start; index < end; index += 1) {
    const received = lane[index];
    if (received !== undefined) records.push(received);
  }
  return end < lane.length ? { lane, start, end } : undefined;
}

function noOutcome(): RecordOutcome {
  return { kind: 'failed', failure: unexpected('The run has no outcome for this record.') };
}
