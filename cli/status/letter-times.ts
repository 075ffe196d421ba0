import { letterTimeLeft, soonest, type TimeLeft, type TopicRetention } from '@order-events/kafka-tools';
import type { Letter } from '../../functions/redrive/letters/letter.ts';
import { readLetter } from '../../functions/redrive/letters/read-letter.ts';

/** A message of a dead-letter queue. */
export interface SeenMessage {
  readonly body: string;
  /** When it came into the queue, epoch milliseconds. */
  readonly sentAtMs: number;
}

export interface LetterSurroundings {
  /** Epoch milliseconds. */
  readonly now: number;
  readonly groupId: string;
  /** The retention of the queue, in milliseconds. */
  readonly queueRetentionMs: number;
  /** Undefined where it is not known. */
  readonly retention: TopicRetention | undefined;
  /** The first offset that each partition of the topic still has. */
  readonly starts: ReadonlyMap<number, number>;
}

/** Returns the time until the first of these messages, or a record that one points to, is deleted. */
export function letterTimes(messages: readonly SeenMessage[], surroundings: LetterSurroundings): TimeLeft {
  const { groupId, queueRetentionMs, now } = surroundings;
  return soonest(
    messages.map(({ body, sentAtMs }) =>
      letterTimeLeft(
        { sentAt: sentAtMs, queueRetentionMs, record: recordOf(readLetter(body, groupId), surroundings) },
        now,
      ),
    ),
  );
}

/** Undefined for a message that holds all that is needed. */
function recordOf(letter: Letter, { retention, starts, now }: LetterSurroundings): TimeLeft | undefined {
  const ranges =
    letter.kind === 'pointer'
      ? letter.ranges
      : letter.kind === 'parked' && !letter.isWhole
        ? [rangeOf(letter)]
        : [];
  if (ranges.length === 0) return undefined;
  return soonest(
    ranges.map(({ partition, first, firstTimestampMs }): TimeLeft => {
      const start = starts.get(partition) ?? 0;
      if (first < start) return { kind: 'gone', records: start - first };
      if (retention === undefined) return { kind: 'unknown', reason: 'retention of the topic' };
      if (retention.ms === undefined) return { kind: 'forEver' };
      if (firstTimestampMs === undefined) return { kind: 'unknown', reason: 'time of the record' };
      return { kind: 'left', ms: firstTimestampMs + retention.ms - now, because: 'retention.ms' };
    }),
  );
}

function rangeOf({ record, timestampMs }: Extract<Letter, { kind: 'parked' }>) {
  return { partition: record.partition, first: record.offset, firstTimestampMs: timestampMs };
}
