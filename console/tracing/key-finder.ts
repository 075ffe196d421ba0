import { keyPartitioner, type TopicReader, type TopicRecord } from '@order-events/kafka-tools';
import type { FoundRecord, Looked } from '../model/trace.ts';

/** The most that is read for one question; a partition with more is read from its newer end. */
const MOST_RECORDS = 200_000;
/** The most keys that are followed; each is read on from where it was. */
const MOST_KEYS = 50;
const LONGEST_TYPE = 64;

export interface Found {
  readonly looked: readonly Looked[];
  readonly records: readonly FoundRecord[];
}

interface Followed {
  readonly looked: Looked;
  readonly records: readonly FoundRecord[];
}

/** Finds the records of a key. A key is in one partition, so one is read; a key that was asked for before is read on. */
export class KeyFinder {
  readonly #reader: TopicReader;
  readonly #now: () => number;
  /** By partition and key. */
  readonly #followed = new Map<string, Promise<Followed>>();

  constructor(reader: TopicReader, now: () => number) {
    this.#reader = reader;
    this.#now = now;
  }

  /**
   * @param partitionCounts - how many partitions the topic has had: after it grew, older records of a key may be elsewhere.
   * @throws the client's error when the brokers cannot be read.
   */
  async find(key: string, partitionCounts: readonly number[]): Promise<Found> {
    const bounds = await this.#reader.bounds();
    const counts = new Set([...partitionCounts, bounds.size]);
    const partitions = new Set([...counts].map((count) => keyPartitioner(count)(key)));
    const found = await Promise.all(
      [...partitions].map((partition) => {
        const range = bounds.get(partition) ?? { start: 0, end: 0 };
        return this.#follow(key, partition, range);
      }),
    );
    return {
      looked: found.map(({ looked }) => looked),
      records: found.flatMap(({ records }) => records).toSorted((a, b) => a.timestamp - b.timestamp),
    };
  }

  /** One question at a time for a key: viewers who ask for the same one share the answer. */
  #follow(
    key: string,
    partition: number,
    range: { readonly start: number; readonly end: number },
  ): Promise<Followed> {
    const name = `${partition}/${key}`;
    const before = this.#followed.get(name) ?? Promise.resolve(undefined);
    const next = before.then((known) => this.#readOn(key, partition, { ...range, known }));
    this.#followed.delete(name);
    this.#followed.set(name, next);
    // A failed question is asked again the next time.
    next.catch(() => this.#followed.delete(name));
    const [oldest] = this.#followed.keys();
    if (this.#followed.size > MOST_KEYS && oldest !== undefined) this.#followed.delete(oldest);
    return next;
  }

  async #readOn(
    key: string,
    partition: number,
    {
      start,
      end,
      known,
    }: { readonly start: number; readonly end: number; readonly known: Followed | undefined },
  ): Promise<Followed> {
    const startedAt = this.#now();
    const from = Math.max(start, end - MOST_RECORDS);
    const next = Math.max(from, known?.looked.to ?? from);
    const bytes = Buffer.from(key);
    const records = [...(known?.records ?? [])];
    if (next < end) {
      for await (const record of this.#reader.read(partition, next, end)) {
        if (record.key?.equals(bytes) === true) records.push(foundRecord(record));
      }
    }
    const tookMs = known === undefined ? this.#now() - startedAt : known.looked.tookMs;
    return { looked: { partition, from: known?.looked.from ?? from, to: end, start, tookMs }, records };
  }
}

function foundRecord({ partition, offset, timestamp, value }: TopicRecord): FoundRecord {
  return { partition, offset, timestamp, type: typeOf(value), bytes: value?.length ?? 0 };
}

/** The event's type, as CloudEvents name it; other records are what they are. */
function typeOf(value: Buffer | null): string {
  if (value === null) return 'tombstone';
  try {
    const parsed = JSON.parse(value.toString()) as unknown;
    if (typeof parsed === 'object' && parsed !== null) {
      if ('type' in parsed && typeof parsed.type === 'string') return parsed.type.slice(0, LONGEST_TYPE);
      if ('order_id' in parsed) return 'shortest order';
    }
    return 'JSON of another shape';
  } catch {
    return 'not JSON';
  }
}
