import { emptyEventBytes, partitionListBytes, type EventOrigin } from './build-kafka-event.ts';
import type { PartitionQueue } from './partition-queue.ts';
import type { TopicPartition } from '../record/topic-partition.ts';

/** Largest event Lambda sends, in UTF-8 bytes of its JSON; fixed. */
export const MAXIMUM_PAYLOAD_BYTES = 6_291_456;

const COMMA_BYTES = 1;

/** When a batch is full or due. */
export interface BatchLimits {
  /** Records over all partitions. */
  readonly batchSize: number;
  /** 0 does not wait. */
  readonly windowMs: number;
  readonly maximumPayloadBytes: number;
}

/** What a slot knows when it wants its next batch. All times are epoch milliseconds. */
export interface SlotState {
  /** Every queue of the poller; those that are held or empty are passed over. */
  readonly queues: readonly PartitionQueue[];
  readonly origin: EventOrigin;
  readonly limits: BatchLimits;
  /** When the slot's previous batch was completed, or when the slot was made. */
  readonly windowStartedAt: number;
  /** The partition the poller served last; the next in ascending order has the first turn. null before the first. */
  readonly lastServed: number | null;
  readonly now: number;
}

/** The first `count` records of a partition's queue. */
export interface PlannedTurn {
  readonly topicPartition: TopicPartition;
  readonly count: number;
}

/** Why a batch is closed. */
type BatchTrigger = 'batchSize' | 'payloadSize' | 'windowEnd';

/** What a slot does next. */
export type BatchPlan =
  /** Take these records now. `lastServed` goes into the next plan of any slot of this poller. */
  | {
      readonly kind: 'take';
      readonly turns: readonly PlannedTurn[];
      readonly trigger: BatchTrigger;
      readonly lastServed: number;
    }
  /** Ask again at that time, or earlier when records arrive or a partition is freed. */
  | { readonly kind: 'wait'; readonly until: number }
  /** Ask again when records arrive or a partition is freed. */
  | { readonly kind: 'idle' };

/**
 * Whether a slot closes its batch now, and with which records. A batch is closed when it holds `batchSize` records,
 * when the next record would pass the payload limit, or when the window ends.
 *
 * Free partitions have turns: each gives all it has, until the batch is full, as a Kafka client drains one fetched
 * partition before the next. So with much data a slot holds few partitions and the other slots have work, and with
 * little data one batch gathers many partitions.
 *
 * Windows follow one another without a gap from `windowStartedAt` on, with or without records, as the next one begins
 * when the previous ends; a record waits for the end of the window in which it became available.
 *
 * A record that alone passes the payload limit is taken along and counts nowhere; `prepareAttempt` discards it.
 *
 * A poller drives it so: for each slot without a batch, plan; on `take`, take each turn from its queue (which holds
 * the partition), make one batch of them; when that batch is completed, release its partitions (or earlier, when newer
 * records may pass those that are retried) and restart the slot's window.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventsourcemapping.html
 */
export function planBatch(slot: SlotState): BatchPlan {
  const available = inTurn(slot.queues, slot.lastServed);
  if (available.length === 0) return { kind: 'idle' };
  const filling = fill(available, slot);
  const due = Math.min(...available.map(({ availableSince }) => windowEnd(slot, availableSince)));
  if (filling.closedBy === null && slot.now < due) return { kind: 'wait', until: due };
  return {
    kind: 'take',
    turns: filling.turns,
    trigger: filling.closedBy ?? 'windowEnd',
    lastServed: filling.turns.at(-1)?.topicPartition.partition ?? 0,
  };
}

interface AvailableQueue {
  readonly queue: PartitionQueue;
  readonly availableSince: number;
}

/** The queues that can give records, beginning with the partition after the one served last. */
function inTurn(queues: readonly PartitionQueue[], lastServed: number | null): AvailableQueue[] {
  const available = queues
    .flatMap((queue) =>
      queue.availableSince === null ? [] : [{ queue, availableSince: queue.availableSince }],
    )
    .toSorted((left, right) => left.queue.topicPartition.partition - right.queue.topicPartition.partition);
  const first = available.findIndex(({ queue }) => queue.topicPartition.partition > (lastServed ?? -1));
  return first <= 0 ? available : [...available.slice(first), ...available.slice(0, first)];
}

/** A batch while it is filled. */
interface Filling {
  readonly turns: readonly PlannedTurn[];
  /** Records that count, which those too large for any event do not. */
  readonly records: number;
  readonly eventBytes: number;
  /** null while more records would fit. */
  readonly closedBy: 'batchSize' | 'payloadSize' | null;
}

function fill(available: readonly AvailableQueue[], slot: SlotState): Filling {
  const emptyBytes = emptyEventBytes(slot.origin);
  let filling: Filling = { turns: [], records: 0, eventBytes: emptyBytes, closedBy: null };
  for (const { queue } of available) {
    if (filling.closedBy !== null) break;
    filling = addTurn(filling, queue, slot.limits, emptyBytes);
  }
  return filling;
}

function addTurn(before: Filling, queue: PartitionQueue, limits: BatchLimits, emptyBytes: number): Filling {
  const listBytes = partitionListBytes(queue.topicPartition);
  const largest = limits.maximumPayloadBytes - emptyBytes - listBytes;
  let { records, eventBytes, closedBy } = before;
  let joinBytes = before.records > 0 ? listBytes + COMMA_BYTES : listBytes;
  let count = 0;
  for (; count < queue.length; count += 1) {
    const recordBytes = queue.bytesAt(count) ?? 0;
    if (recordBytes > largest) continue;
    closedBy = closes(limits, records, eventBytes + joinBytes + recordBytes);
    if (closedBy !== null) break;
    records += 1;
    eventBytes += joinBytes + recordBytes;
    joinBytes = COMMA_BYTES;
  }
  const turns = count > 0 ? [...before.turns, { topicPartition: queue.topicPartition, count }] : before.turns;
  return {
    turns,
    records,
    eventBytes,
    closedBy: closedBy ?? (records >= limits.batchSize ? 'batchSize' : null),
  };
}

/** What keeps one more record out of a batch that holds `records`; null when it fits. */
function closes(limits: BatchLimits, records: number, bytesWithNext: number): Filling['closedBy'] {
  if (records >= limits.batchSize) return 'batchSize';
  return bytesWithNext > limits.maximumPayloadBytes ? 'payloadSize' : null;
}

/** The end of the slot's window in which records became available. */
function windowEnd({ limits, windowStartedAt }: SlotState, availableSince: number): number {
  if (limits.windowMs === 0) return availableSince;
  const elapsed = Math.max(0, availableSince - windowStartedAt);
  return windowStartedAt + (Math.floor(elapsed / limits.windowMs) + 1) * limits.windowMs;
}
