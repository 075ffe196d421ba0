/** The retention of a topic. */
export interface TopicRetention {
  /** Milliseconds after a record's own time; undefined: for ever. */
  readonly ms: number | undefined;
  /** Bytes of one partition; undefined: no limit. */
  readonly bytes: number | undefined;
}

/** The needed record that will be deleted first. */
export interface OldestRecord {
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
}

/** The facts about one partition's log from which its size-based deletion is calculated. */
export interface PartitionLog {
  readonly bytes: number;
  /** The first existing offset. */
  readonly start: number;
  /** The next offset to write. */
  readonly end: number;
  /** Time of the first record that is left, and of the last one; epoch milliseconds. */
  readonly startTimestamp: number;
  readonly endTimestamp: number;
}

/** The time until a needed record is deleted. */
export type TimeLeft =
  /** No record is needed any more. */
  | { readonly kind: 'nothing' }
  /** Nothing deletes it. */
  | { readonly kind: 'forEver' }
  /** It may be deleted from then on; less than 0 while it is overdue. */
  | {
      readonly kind: 'left';
      readonly ms: number;
      readonly because: 'retention.ms' | 'retention.bytes' | 'queue';
    }
  /** Something that was needed is deleted already. */
  | { readonly kind: 'gone'; readonly records: number }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * Reads the retention from a topic's effective settings.
 * @returns undefined when the settings do not have it.
 * @see https://kafka.apache.org/documentation/#topicconfigs_retention.ms
 */
export function topicRetention(settings: Readonly<Record<string, string>>): TopicRetention | undefined {
  const ms = limitOf(settings['retention.ms']);
  // Kafka's default, which clusters rarely change: no limit.
  const bytes = limitOf(settings['retention.bytes'] ?? '-1');
  return ms === undefined || bytes === undefined ? undefined : { ms: ms.limit, bytes: bytes.limit };
}

/** Kafka's -1 stands for no limit. */
function limitOf(text: string | undefined): { readonly limit: number | undefined } | undefined {
  const number = text === undefined || text === '' ? Number.NaN : Number(text);
  if (!Number.isFinite(number)) return undefined;
  return { limit: number < 0 ? undefined : number };
}

/**
 * Calculates the time for which Kafka is certain to keep a record. Kafka deletes whole segments, by the time of their
 * newest record and by the size of all newer segments. It checks every five minutes, so the record may stay longer,
 * never shorter.
 * @see https://kafka.apache.org/documentation/#topicconfigs_retention.bytes
 *
 * @param log - needed for a topic with a size limit.
 */
export function recordTimeLeft(
  record: OldestRecord,
  retention: TopicRetention,
  { now, log }: { readonly now: number; readonly log?: PartitionLog | undefined },
): TimeLeft {
  const byTime: TimeLeft =
    retention.ms === undefined
      ? { kind: 'forEver' }
      : { kind: 'left', ms: record.timestamp + retention.ms - now, because: 'retention.ms' };
  if (retention.bytes === undefined) return byTime;
  if (log === undefined) {
    return { kind: 'unknown', reason: 'retention.bytes is set, and the size of the partition is not known' };
  }
  return soonest([byTime, bytesTimeLeft(record, retention.bytes, log)]);
}

/**
 * Estimates the deletion by size. It assumes that bytes are spread evenly over the offsets, and that they keep
 * arriving at the same rate.
 */
function bytesTimeLeft({ offset }: OldestRecord, limit: number, log: PartitionLog): TimeLeft {
  const because = 'retention.bytes';
  const records = log.end - log.start;
  if (records <= 0) return { kind: 'forEver' };
  const behind = (log.bytes * (log.end - Math.max(offset, log.start))) / records;
  const room = limit - behind;
  if (room <= 0) return { kind: 'left', ms: 0, because };
  const wroteMs = log.endTimestamp - log.startTimestamp;
  if (wroteMs <= 0) return { kind: 'forEver' };
  return { kind: 'left', ms: room / (log.bytes / wroteMs), because };
}

/** Calculates the time until a message leaves its queue, or the records that it points to leave the topic. */
export function letterTimeLeft(
  letter: {
    /** The time when the message entered the queue, in epoch milliseconds. */
    readonly sentAt: number;
    /** The retention of the queue, in milliseconds. */
    readonly queueRetentionMs: number;
    /** The oldest record that the message points to; undefined when the message itself contains everything. */
    readonly record: TimeLeft | undefined;
  },
  now: number,
): TimeLeft {
  const inQueue: TimeLeft = {
    kind: 'left',
    ms: letter.sentAt + letter.queueRetentionMs - now,
    because: 'queue',
  };
  return letter.record === undefined ? inQueue : soonest([inQueue, letter.record]);
}

const URGENCY = [
  'gone',
  'left',
  'unknown',
  'forEver',
  'nothing',
] as const satisfies readonly TimeLeft['kind'][];

/** Returns the most urgent of several: a deleted record first, then the shortest time, then an unknown one. */
export function soonest(times: readonly TimeLeft[]): TimeLeft {
  return times.reduce((most, one) => (isMoreUrgent(one, most) ? one : most), { kind: 'nothing' });
}

function isMoreUrgent(one: TimeLeft, than: TimeLeft): boolean {
  if (one.kind === 'gone' && than.kind === 'gone') return one.records > than.records;
  if (one.kind === 'left' && than.kind === 'left') return one.ms < than.ms;
  return URGENCY.indexOf(one.kind) < URGENCY.indexOf(than.kind);
}
