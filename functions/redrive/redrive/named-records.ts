import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import type { Digest } from '../letters/digest.ts';
import type { TopicPort } from '../ports.ts';
import type { Collected } from './collect.ts';
import { wantedRanges, type MissingRecords, type WantedRange } from './wanted-ranges.ts';

/** One record that messages of a queue name, with those messages. */
export interface NamedRecord {
  readonly wire: KafkaRecord;
  readonly digests: readonly Digest[];
}

export interface NamedRecordsOptions {
  readonly topic: Pick<TopicPort, 'read'>;
  /** Told of each record or range of a message, after all of its records have been given. */
  readonly onGiven: (digest: Digest) => void;
  /** Told of what a message names and the topic does not have. */
  readonly onMissing: (missing: MissingRecords) => void;
}

/** The records of one partition that messages hold, by offset. */
type HeldRecords = ReadonlyMap<number, readonly Digest[]>;

/**
 * The records that messages name, by partition and offset: those that a message holds, and those that have to be read from
 * the topic again. It ends before the first record that did not fit into memory.
 */
export async function* namedRecords(
  { digests, known }: Collected,
  options: NamedRecordsOptions,
): AsyncGenerator<NamedRecord> {
  const { wanted, missing } = wantedRanges(digests, known);
  missing.forEach(options.onMissing);
  const held = digests.filter(({ letter }) => letter.kind === 'parked' && letter.isWhole);
  const partitions = new Set([...wanted.map(({ partition }) => partition), ...held.map(partitionOf)]);
  for (const partition of [...partitions].toSorted((a, b) => a - b)) {
    const heldHere = Map.groupBy(
      held.filter((digest) => partitionOf(digest) === partition),
      offsetOf,
    );
    const wantedHere = wanted.filter((range) => range.partition === partition);
    for await (const named of recordsOfPartition(
      partition,
      { wanted: wantedHere, held: heldHere },
      options,
    )) {
      if (named === 'not in memory') return;
      yield named;
    }
  }
}

async function* recordsOfPartition(
  partition: number,
  { wanted, held }: { readonly wanted: readonly WantedRange[]; readonly held: HeldRecords },
  { topic, onGiven }: NamedRecordsOptions,
): AsyncGenerator<NamedRecord | 'not in memory'> {
  const ranges = joined(wanted);
  const offsets = [...held.keys()].toSorted((a, b) => a - b);
  let next = 0;
  function* heldBefore(offset: number): Generator<NamedRecord | 'not in memory'> {
    for (; next < offsets.length && (offsets[next] ?? offset) < offset; next += 1) {
      yield heldRecord(held.get(offsets[next] ?? 0) ?? []);
      (held.get(offsets[next] ?? 0) ?? []).forEach(onGiven);
    }
  }
  for (const { from, to } of ranges) {
    yield* heldBefore(from);
    for await (const wire of topic.read(partition, from, to)) {
      yield* heldBefore(wire.offset);
      const heldHere = held.get(wire.offset) ?? [];
      if (heldHere.length > 0) next += 1;
      const naming = wanted.filter(({ first, last }) => wire.offset >= first && wire.offset <= last);
      yield { wire, digests: [...heldHere, ...naming.map(({ digest }) => digest)] };
      heldHere.forEach(onGiven);
    }
    yield* heldBefore(to);
    wanted
      .filter(({ first }) => first >= from && first < to)
      .forEach(({ digest }) => {
        onGiven(digest);
      });
  }
  yield* heldBefore(Number.POSITIVE_INFINITY);
}

/** Several messages may hold one record: they hold the same. */
function heldRecord(digests: readonly Digest[]): NamedRecord | 'not in memory' {
  const wire = digests.map(contentOf).find((content) => content !== undefined);
  return wire === undefined ? 'not in memory' : { wire, digests };
}

/** Overlapping and adjoining ranges as one, ascending; `to` is behind the last offset. */
function joined(wanted: readonly WantedRange[]): readonly { readonly from: number; readonly to: number }[] {
  const ranges: { from: number; to: number }[] = [];
  for (const { first, last } of wanted.toSorted((a, b) => a.first - b.first)) {
    const open = ranges.at(-1);
    if (open !== undefined && first <= open.to) open.to = Math.max(open.to, last + 1);
    else ranges.push({ from: first, to: last + 1 });
  }
  return ranges;
}

function contentOf({ letter }: Digest): KafkaRecord | undefined {
  return letter.kind === 'parked' ? letter.content : undefined;
}

function partitionOf({ letter }: Digest): number {
  return letter.kind === 'parked' ? letter.record.partition : 0;
}

function offsetOf({ letter }: Digest): number {
  return letter.kind === 'parked' ? letter.record.offset : 0;
}
