import type { TopicReader } from '@order-events/kafka-tools';
import type { KeyShares } from './facts.ts';

/** The number of records to read: enough to find a key with one percent of them, few enough to take a second. */
const NEWEST_RECORDS = 2_000;
const MOST_SHOWN = 5;
/** The maximum length of a shown key, because a producer may use anything as a key. */
const LONGEST_KEY = 40;

/** Reads the newest records of a topic, and counts their keys. */
export async function readKeyShares(reader: Pick<TopicReader, 'bounds' | 'read'>): Promise<KeyShares> {
  const counts = new KeyCounts();
  for (const { partition, from, to } of newestRanges(await reader.bounds())) {
    for await (const { key } of reader.read(partition, from, to)) counts.add(key, partition);
  }
  return counts.close();
}

interface Range {
  readonly partition: number;
  readonly from: number;
  readonly to: number;
}

/** Reads the same share of each partition's end, so that partitions count by their size. */
function newestRanges(
  bounds: ReadonlyMap<number, { readonly start: number; readonly end: number }>,
): readonly Range[] {
  const total = [...bounds.values()].reduce((sum, { start, end }) => sum + end - start, 0);
  const share = Math.min(1, NEWEST_RECORDS / Math.max(1, total));
  return [...bounds]
    .map(([partition, { start, end }]) => ({
      partition,
      from: end - Math.round((end - start) * share),
      to: end,
    }))
    .filter(({ from, to }) => from < to);
}

class KeyCounts {
  readonly #counts = new Map<string, { readonly partition: number; records: number }>();
  #records = 0;

  add(key: Buffer | null, partition: number): void {
    this.#records += 1;
    if (key === null) return;
    const name = keyText(key);
    const known = this.#counts.get(name);
    if (known === undefined) this.#counts.set(name, { partition, records: 1 });
    else known.records += 1;
  }

  close(): KeyShares {
    const top = [...this.#counts]
      .map(([key, { partition, records }]) => ({ key, partition, records }))
      .toSorted((a, b) => b.records - a.records)
      .slice(0, MOST_SHOWN);
    return { records: this.#records, top };
  }
}

/** Removes characters that could forge a line or move the cursor of a terminal. */
function keyText(key: Buffer): string {
  const text = key.toString('utf8').replaceAll(/[^\p{L}\p{N}\p{P}\p{S} ]/gu, '?');
  return text.length <= LONGEST_KEY ? text : `${text.slice(0, LONGEST_KEY - 1)}…`;
}
