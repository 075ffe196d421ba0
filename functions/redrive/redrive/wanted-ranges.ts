import type { Digest } from '../letters/digest.ts';
import type { LetterKnowledge } from '../letters/knowledge.ts';
import type { PointedRange } from '../letters/letter.ts';
import { rowId } from '../letters/row-id.ts';

/** Offsets of a partition that are to be read again, both included, and the message that names them. */
export interface WantedRange {
  readonly partition: number;
  readonly first: number;
  readonly last: number;
  readonly digest: Digest;
}

/** A record that a message names and the topic no longer has, or never had. */
export interface MissingRecords {
  /** As a row is named. */
  readonly id: string;
  readonly digest: Digest;
}

/** What messages want to have read again, as far as the topic has it. */
export function wantedRanges(
  digests: readonly Digest[],
  known: LetterKnowledge,
): { readonly wanted: readonly WantedRange[]; readonly missing: readonly MissingRecords[] } {
  const wanted: WantedRange[] = [];
  const missing: MissingRecords[] = [];
  for (const digest of digests) {
    for (const { topic, partition, first, last } of rangesOf(digest)) {
      const bounds = known.bounds(topic, partition);
      const from = Math.max(first, bounds?.start ?? Number.POSITIVE_INFINITY);
      const to = Math.min(last, (bounds?.end ?? 0) - 1);
      if (from > to) missing.push({ id: rowId(partition, first, last), digest });
      else {
        wanted.push({ partition, first: from, last: to, digest });
        if (from > first) missing.push({ id: rowId(partition, first, from - 1), digest });
        if (to < last) missing.push({ id: rowId(partition, to + 1, last), digest });
      }
    }
  }
  return { wanted, missing };
}

function rangesOf({ letter }: Digest): readonly PointedRange[] {
  switch (letter.kind) {
    case 'pointer':
      return letter.ranges;
    case 'parked': {
      const { topic, partition, offset } = letter.record;
      const range = { topic, partition, first: offset, last: offset, firstTimestampMs: letter.timestampMs };
      return letter.isWhole ? [] : [range];
    }
    case 'malformed':
      return [];
  }
}
