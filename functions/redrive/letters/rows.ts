import { MOST_TRIES } from '../memory/operations-memory.ts';
import type { Digest } from './digest.ts';
import type { Letter } from './letter.ts';
import type { LetterKnowledge } from './knowledge.ts';
import type { LetterRow } from './row.ts';
import { rowId } from './row-id.ts';

/** The subject of a row: a record, a range of one partition, or a malformed message. */
interface Subject {
  readonly id: string;
  readonly topic: string | undefined;
  readonly partition: number | undefined;
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly recordTimeMs: number | undefined;
}

interface Mention {
  readonly subject: Subject;
  readonly digest: Digest;
}

const HOUR_MS = 3_600_000;

/**
 * The rows of a queue, oldest records first: one for each record or range, however many messages speak of it.
 */
export function letterRows(digests: readonly Digest[], known: LetterKnowledge): readonly LetterRow[] {
  const mentions = digests.flatMap((digest) => subjectsOf(digest).map((subject) => ({ subject, digest })));
  return [...Map.groupBy(mentions, ({ subject }) => subject.id).values()]
    .map((same) => rowOf(same, known))
    .toSorted(byPlace);
}

function subjectsOf({ letter, messageId }: Digest): readonly Subject[] {
  switch (letter.kind) {
    case 'parked': {
      const { topic, partition, offset } = letter.record;
      const recordTimeMs = letter.timestampMs;
      return [{ id: rowId(partition, offset), topic, partition, first: offset, last: offset, recordTimeMs }];
    }
    case 'pointer':
      return letter.ranges.map(({ topic, partition, first, last, firstTimestampMs }) => ({
        id: rowId(partition, first, last),
        topic,
        partition,
        first,
        last,
        recordTimeMs: firstTimestampMs,
      }));
    case 'malformed':
      return [
        {
          id: messageId,
          topic: undefined,
          partition: undefined,
          first: undefined,
          last: undefined,
          recordTimeMs: undefined,
        },
      ];
  }
}

function rowOf(same: readonly Mention[], known: LetterKnowledge): LetterRow {
  const byTime = same.toSorted((a, b) => a.digest.sentAtMs - b.digest.sentAtMs);
  const [oldest] = byTime;
  const latest = byTime.at(-1);
  if (oldest === undefined || latest === undefined) throw new Error('A row has at least one message.');
  const { subject } = latest;
  const history = historyOf(subject, known);
  const firstSeenMs = Math.min(oldest.digest.sentAtMs, history?.firstSeenMs ?? Number.POSITIVE_INFINITY);
  const redriven = history?.redriven ?? 0;
  return {
    id: subject.id,
    kind: latest.digest.letter.kind,
    reason: reasonOf(latest.digest.letter),
    ...placeOf(subject),
    ...orderOf(same),
    firstSeen: new Date(firstSeenMs).toISOString(),
    messages: same.length,
    redriven,
    state: stateOf(subject, latest.digest.letter, redriven, known),
    ...hoursOf(subject, latest.digest.letter, known),
  };
}

function reasonOf(letter: Letter): string {
  return letter.kind === 'malformed' ? letter.why : letter.reason;
}

function placeOf({
  topic,
  partition,
  first,
  last,
}: Subject): Pick<LetterRow, 'topic' | 'partition' | 'offset' | 'lastOffset'> {
  return {
    ...(topic === undefined ? {} : { topic }),
    ...(partition === undefined ? {} : { partition }),
    ...(first === undefined ? {} : { offset: first }),
    ...(last === undefined || last === first ? {} : { lastOffset: last }),
  };
}

function orderOf(same: readonly Mention[]): Pick<LetterRow, 'orderId'> {
  const orderId = same.map(({ digest }) => digest.orderId).find((id) => id !== undefined);
  return orderId === undefined ? {} : { orderId };
}

/** Of a range, its record that was redriven most. */
function historyOf(
  { partition, first, last }: Subject,
  known: LetterKnowledge,
): { readonly redriven: number; readonly firstSeenMs: number } | undefined {
  if (partition === undefined || first === undefined || last === undefined) return undefined;
  const histories = known.historiesWithin(partition, first, last);
  if (histories.length === 0) return undefined;
  return {
    redriven: Math.max(...histories.map(({ runs }) => runs.size)),
    firstSeenMs: Math.min(...histories.map(({ firstSeenMs }) => firstSeenMs)),
  };
}

function stateOf(
  { topic, partition, first, last }: Subject,
  letter: Letter,
  redriven: number,
  known: LetterKnowledge,
): LetterRow['state'] {
  if (topic === undefined || partition === undefined || first === undefined || last === undefined)
    return 'malformed';
  if (first === last && known.supersession(topic, partition, first) !== undefined) return 'superseded';
  if (isReadAgain(letter) && known.isExpired(topic, partition, first)) return 'expired';
  return redriven >= MOST_TRIES ? 'held' : 'waiting';
}

/** Of a record that has to be read again: how long it is there for that. */
function hoursOf(
  { topic, partition, first, recordTimeMs }: Subject,
  letter: Letter,
  known: LetterKnowledge,
): Pick<LetterRow, 'hoursLeft'> {
  if (!isReadAgain(letter) || topic === undefined || partition === undefined || first === undefined)
    return {};
  if (known.isExpired(topic, partition, first)) return { hoursLeft: 0 };
  const { retentionMs } = known;
  if (retentionMs === undefined || recordTimeMs === undefined) return {};
  const left = (recordTimeMs + retentionMs - known.nowMs) / HOUR_MS;
  return { hoursLeft: Math.max(0, Math.round(left * 10) / 10) };
}

function isReadAgain(letter: Letter): boolean {
  return letter.kind === 'pointer' || (letter.kind === 'parked' && !letter.isWhole);
}

function byPlace(a: LetterRow, b: LetterRow): number {
  return (
    (a.partition ?? Number.MAX_SAFE_INTEGER) - (b.partition ?? Number.MAX_SAFE_INTEGER) ||
    (a.offset ?? 0) - (b.offset ?? 0) ||
    (a.lastOffset ?? 0) - (b.lastOffset ?? 0)
  );
}
