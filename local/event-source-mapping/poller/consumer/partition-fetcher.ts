import { toError } from '../../../helpers/to-error.ts';
import type { FetchedRecords } from './decode-fetched.ts';
import type { GroupConsumerEvents } from './group-consumer.ts';
import type { PartitionStart } from './starting-offset.ts';

/** The wait before a retry when brokers did not answer, in milliseconds. */
const RETRY_MS = 500;
/** How long a fetch may wait while partitions are paused: a resumed one waits for its end. */
const WAIT_MS = 100;
/** The same while none is paused. Brokers answer at the first record, so an idle poller can ask seldom. */
const IDLE_WAIT_MS = 5_000;

/** The results of a fetch by partition. Partitions without new records are missing. */
export type Fetched = ReadonlyMap<number, FetchedRecords | 'outOfRange'>;

export interface PartitionFetcherDeps {
  /** Fetches from these partitions at these offsets, and waits for the first record, but not longer than `waitMs`. */
  readonly fetch: (offsets: ReadonlyMap<number, number>, waitMs: number) => Promise<Fetched>;
  /** Ends a fetch that waits for records. Its promise may be rejected. */
  readonly abandon: () => void;
  /** Finds the starting offsets of partitions; `known` has positions that the broker has rejected. */
  readonly findStarts: (
    partitions: readonly number[],
    known: ReadonlyMap<number, number>,
  ) => Promise<ReadonlyMap<number, PartitionStart>>;
  readonly events: Pick<GroupConsumerEvents, 'fetched' | 'answered' | 'skipped'>;
  readonly worked: () => void;
  /** Brokers did not answer; the request is retried. */
  readonly failed: (error: Error) => void;
  readonly delay: (ms: number) => Promise<void>;
  /**
   * Resolves when a fetch that begins now may be followed by the next one. Records that come one by one would
   * otherwise cost a fetch, a call and a commit each; an idle poller has nothing to wait for.
   */
  readonly interval: () => Promise<void>;
}

/** The state of the partitions of one assignment. */
class Positions {
  /** The next fetch offset of each partition; unknown at first. */
  readonly offsets = new Map<number, number>();
  /** Partitions without a starting offset yet, with their previous position if they had one. */
  readonly unknown: Map<number, number | null>;
  readonly paused = new Set<number>();

  constructor(partitions: readonly number[]) {
    this.unknown = new Map(partitions.map((partition) => [partition, null]));
  }

  /** Lists the partitions to fetch from, with their offsets. */
  fetchable(): ReadonlyMap<number, number> {
    return new Map([...this.offsets].filter(([partition]) => !this.paused.has(partition)));
  }
}

/**
 * Reads the partitions of the current assignment, except paused ones. Each assignment starts anew at the offsets of
 * the group or the mapping. Answers to requests of an older assignment are dropped.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-starting-positions.html
 */
export class PartitionFetcher {
  readonly #deps: PartitionFetcherDeps;
  #positions = new Positions([]);
  #stopped = false;
  #wake = Promise.withResolvers<void>();

  constructor(deps: PartitionFetcherDeps) {
    this.#deps = deps;
  }

  /** Fetches until stopped. Never throws. */
  async run(): Promise<void> {
    while (!this.#stopped) {
      this.#wake = Promise.withResolvers();
      const positions = this.#positions;
      try {
        if (!(await this.#step(positions))) await this.#wake.promise;
      } catch (error) {
        if (positions !== this.#positions) continue;
        this.#deps.failed(toError(error));
        await this.#deps.delay(RETRY_MS);
      }
    }
  }

  /** Reads these partitions from now on. They do not wait for a fetch of the former assignment. */
  assigned(partitions: readonly number[]): void {
    this.#positions = new Positions(partitions);
    this.#deps.abandon();
    this.#wake.resolve();
  }

  pause(partition: number): void {
    this.#positions.paused.add(partition);
  }

  resume(partition: number): void {
    this.#positions.paused.delete(partition);
    this.#wake.resolve();
  }

  stop(): void {
    this.#stopped = true;
    this.assigned([]);
  }

  /** @returns false when there is nothing to do before something changes. */
  async #step(positions: Positions): Promise<boolean> {
    if (positions.unknown.size > 0) {
      await this.#findStarts(positions);
      return true;
    }
    const offsets = positions.fetchable();
    if (offsets.size === 0) return false;
    const interval = this.#deps.interval();
    const fetched = await this.#deps.fetch(offsets, positions.paused.size === 0 ? IDLE_WAIT_MS : WAIT_MS);
    if (positions !== this.#positions) return true;
    this.#deps.worked();
    for (const [partition, news] of fetched) this.#take(positions, partition, news);
    if (fetched.size > 0) this.#deps.events.answered();
    await interval;
    return true;
  }

  async #findStarts(positions: Positions): Promise<void> {
    const asked = [...positions.unknown];
    const known = new Map(
      asked.flatMap(([partition, offset]) => (offset === null ? [] : [[partition, offset]])),
    );
    const starts = await this.#deps.findStarts([...positions.unknown.keys()], known);
    if (positions !== this.#positions) return;
    for (const [partition] of asked) {
      const start = starts.get(partition);
      if (start === undefined) continue;
      positions.unknown.delete(partition);
      positions.offsets.set(partition, start.offset);
      if (start.lostFrom !== null) this.#deps.events.skipped(partition, start.lostFrom, start.offset);
    }
  }

  /** Drops records of a partition that has been paused in the meantime; they are fetched again when it is resumed. */
  #take(positions: Positions, partition: number, news: FetchedRecords | 'outOfRange'): void {
    if (positions !== this.#positions || positions.paused.has(partition)) return;
    if (news === 'outOfRange') {
      positions.unknown.set(partition, positions.offsets.get(partition) ?? null);
      return;
    }
    positions.offsets.set(partition, news.next);
    if (news.records.length === 0) return;
    positions.paused.add(partition);
    this.#deps.events.fetched(partition, news.records);
  }
}
