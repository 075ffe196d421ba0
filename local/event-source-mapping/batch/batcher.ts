import { emptyEventBytes, partitionListBytes, type EventOrigin } from './build-kafka-event.ts';
import type { PartitionQueue } from './partition-queue.ts';
import type { TopicPartition } from '../record/topic-partition.ts';

/** The largest event that Lambda sends, in UTF-8 bytes of its JSON; a fixed limit. */
export const MAXIMUM_PAYLOAD_BYTES = 6_291_456;

const COMMA_BYTES = 1;

/** The limits at which a batch is full or due. */
export interface BatchLimits {
  /** Records over all partitions. */
  readonly batchSize: number;
  /** The batching window; 0 sends without waiting. */
  readonly windowMs: number;
  readonly maximumPayloadBytes: number;
}

/** The state of a slot that wants its next batch. All times are epoch milliseconds. */
export interface SlotState {
  /** Every queue of the poller; held and empty queues are skipped. */
  readonly queues: readonly PartitionQueue[];
  readonly origin: EventOrigin;
  readonly limits: BatchLimits;
  /** The time when the slot's previous batch was completed, or when the slot was created. */
  readonly windowStartedAt: number;
  /**
   * The partition that the poller served last. The next one in ascending order is first now. null before the first
   * batch.
   */
  readonly lastServed: number | null;
  readonly now: number;
}

/** The first `count` records of a partition's queue. */
export interface PlannedTurn {
  readonly topicPartition: TopicPartition;
  readonly count: number;
}

/** The reason for closing a batch. */
type BatchTrigger = 'batchSize' | 'payloadSize' | 'windowEnd';

/** The next action of a slot. */
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
 * Decides whether a slot closes its batch now, and with which records. A batch is closed when it contains `batchSize`
 * records, when the next record would exceed the payload limit, or when the window ends.
 *
 * Free partitions take turns. Each gives all its records until the batch is full, as a Kafka client drains one
 * fetched partition before the next. So with much data, a slot holds few partitions and the other slots have work.
 * With little data, one batch collects many partitions.
 *
 * Windows follow each other without a gap from `windowStartedAt` on, with or without records. A record waits for the
 * end of the window in which it became available.
 *
 * A record that alone exceeds the payload limit is included and not counted; `prepareAttempt` discards it.
 *
 * A poller uses it as follows. It plans for each slot without a batch. On `take`, it takes each turn from its queue,
 * which then holds the partition, and makes one batch of the turns. When that batch is completed, it releases the
 * partitions and restarts the slot's window. It releases them earlier when newer records may overtake those that are
 * retried.
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

/** Lists the queues with available records, starting with the partition after the one served last. */
function inTurn(queues: readonly PartitionQueue[], lastServed: number | null): AvailableQueue[] {
  const available = queues
    .flatMap((queue) =>
      queue.availableSince === null ? [] : [{ queue, availableSince: queue.availableSince }],
    )
    .toSorted((left, right) => left.queue.topicPartition.partition - right.queue.topicPartition.partition);
  const first = available.findIndex(({ queue }) => queue.topicPartition.partition > (lastServed ?? -1));
  return first <= 0 ? available : [...available.slice(first), ...available.slice(0, first)];
}

/** A batch that is being filled. */
interface Filling {
  readonly turns: readonly PlannedTurn[];
  /** The counted records, without those that are too large for any event. */
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
  const whole = takeWhole(before, queue, limits, { largest, joinBytes });
  if (whole !== undefined) return whole;
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

/**
 * Adds all records of a queue, if all of them count and fit, without a look at each. So a plan costs the same
 * however many records wait.
 */
function takeWhole(
  before: Filling,
  queue: PartitionQueue,
  limits: BatchLimits,
  { largest, joinBytes }: { readonly largest: number; readonly joinBytes: number },
): Filling | undefined {
  const records = before.records + queue.length;
  const eventBytes = before.eventBytes + joinBytes + queue.bytes + (queue.length - 1) * COMMA_BYTES;
  const fits = records <= limits.batchSize && eventBytes <= limits.maximumPayloadBytes;
  if (!fits || queue.largestBytes > largest) return undefined;
  return {
    turns: [...before.turns, { topicPartition: queue.topicPartition, count: queue.length }],
    records,
    eventBytes,
    closedBy: records === limits.batchSize ? 'batchSize' : null,
  };
}

/** Returns the reason why one more record does not fit into a batch with `records`; null when it fits. */
function closes(limits: BatchLimits, records: number, bytesWithNext: number): Filling['closedBy'] {
  if (records >= limits.batchSize) return 'batchSize';
  return bytesWithNext > limits.maximumPayloadBytes ? 'payloadSize' : null;
}

/** Returns the end of the slot's window in which records became available. */
function windowEnd({ limits, windowStartedAt }: SlotState, availableSince: number): number {
  if (limits.windowMs === 0) return availableSince;
  const elapsed = Math.max(0, availableSince - windowStartedAt);
  return windowStartedAt + (Math.floor(elapsed / limits.windowMs) + 1) * limits.windowMs;
}
