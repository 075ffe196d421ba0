import type { JournalCall } from '../broker/support/recording-function.ts';

/** A record that the producer knows to be stored; its place in its partition's list is its offset. */
export interface LedgerRecord {
  readonly key: string;
  /** Counts the records of the key from 0. */
  readonly sequence: number;
  readonly value: string;
}

/** The group's committed offsets by partition, as the broker told them by a moment. */
export interface CommitSample {
  readonly toldAt: number;
  readonly committed: Readonly<Record<number, number>>;
}

export interface Evidence {
  /** By partition. */
  readonly ledger: readonly (readonly LedgerRecord[])[];
  /** In the order in which they began. */
  readonly calls: readonly JournalCall[];
  /** In the order in which they were taken; the last one after everything else. */
  readonly samples: readonly CommitSample[];
}

export interface Judgement {
  readonly breaches: readonly string[];
  /** Deliveries beyond the first one of each record. */
  readonly repeats: number;
}

/** Judges a whole run from what the producer, the function and the broker wrote down; it knows no emulator. */
export function judge(evidence: Evidence): Judgement {
  const deliveries = judgeDeliveries(evidence);
  return {
    breaches: [...deliveries.breaches, ...judgeCommits(evidence), ...judgeEnd(evidence)],
    repeats: deliveries.repeats,
  };
}

/** Each record is what was produced, first deliveries of a key are in order, and none is from before a commit. */
function judgeDeliveries({ ledger, calls, samples }: Evidence): Judgement {
  const breaches: string[] = [];
  const seen = ledger.map(() => new Set<number>());
  const expected = new Map<string, number>();
  let repeats = 0;
  for (const { beganAt, records } of calls) {
    const committed = committedBefore(beganAt, samples);
    for (const [partition, offset, value] of records) {
      const record = ledger[partition]?.[offset];
      if (record?.value !== value) breaches.push(`${partition}:${offset} was delivered as something else`);
      if (offset < (committed[partition] ?? 0)) {
        breaches.push(`${partition}:${offset} was delivered when ${committed[partition]} was committed`);
      }
      if (seen[partition]?.has(offset) === true) {
        repeats += 1;
      } else if (record !== undefined) {
        seen[partition]?.add(offset);
        const next = expected.get(record.key) ?? 0;
        if (record.sequence !== next)
          breaches.push(`${partition}:${offset} came first, before its key's ${next}`);
        expected.set(record.key, record.sequence + 1);
      }
    }
  }
  return { breaches, repeats };
}

/** What was surely committed at a moment: the last that the broker had told by then. */
function committedBefore(at: number, samples: readonly CommitSample[]): CommitSample['committed'] {
  return samples.findLast(({ toldAt }) => toldAt <= at)?.committed ?? {};
}

/** Everything before a committed offset was handled by the time the broker told it, and commits never go back. */
function judgeCommits(evidence: Evidence): string[] {
  const handledUpTo = evidence.ledger.map((records, partition) =>
    lastHandledUpTo(records.length, partition, evidence.calls),
  );
  const breaches: string[] = [];
  const before = new Map<number, number>();
  for (const { toldAt, committed } of evidence.samples) {
    for (const [partition, offset] of Object.entries(committed).map(
      ([key, value]) => [Number(key), value] as const,
    )) {
      const handledAt = offset === 0 ? 0 : (handledUpTo[partition]?.[offset - 1] ?? Infinity);
      if (handledAt > toldAt) breaches.push(`${partition}:${offset} was committed before all was handled`);
      if (offset < (before.get(partition) ?? 0))
        breaches.push(`commits of ${partition} went back to ${offset}`);
      before.set(partition, offset);
    }
  }
  return breaches;
}

/** For each offset, when it and everything before it was handled. */
function lastHandledUpTo(
  length: number,
  partition: number,
  calls: readonly JournalCall[],
): readonly number[] {
  const firstHandled = Array.from({ length }, () => Infinity);
  for (const { records, handledAt = Infinity } of calls) {
    for (const [ofPartition, offset] of records) {
      if (ofPartition === partition)
        firstHandled[offset] = Math.min(firstHandled[offset] ?? Infinity, handledAt);
    }
  }
  let latest = 0;
  return firstHandled.map((handledAt) => (latest = Math.max(latest, handledAt)));
}

/** After the drain everything is handled and committed. */
function judgeEnd({ ledger, calls, samples }: Evidence): string[] {
  const committed = samples.at(-1)?.committed ?? {};
  return ledger.flatMap((records, partition) => {
    const handledAt = lastHandledUpTo(records.length, partition, calls).at(-1) ?? 0;
    return [
      ...(handledAt === Infinity ? [`partition ${partition} has records that were never handled`] : []),
      ...(committed[partition] === records.length
        ? []
        : [`partition ${partition} stands at ${committed[partition]} of ${records.length}`]),
    ];
  });
}
