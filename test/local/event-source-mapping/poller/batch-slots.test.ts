import { expect, test } from '@jest/globals';
import type { PlannedTurn } from '../../../../local/event-source-mapping/batch/batcher.ts';
import { PartitionQueue } from '../../../../local/event-source-mapping/batch/partition-queue.ts';
import { BatchSlots, type Slot } from '../../../../local/event-source-mapping/poller/batch-slots.ts';
import { anOrigin, records } from '../builders.ts';

/** Slots with windows of 500 ms and batches of two records, on a clock that the test sets. */
function someSlots(slots: number, waiting: Readonly<Record<number, readonly number[]>>) {
  const clock = { now: 0 };
  const queues = Object.entries(waiting).map(([key, offsets]) => {
    const partition = Number(key);
    const queue = new PartitionQueue({ topic: 't', partition });
    queue.push(records(offsets, { partition }), 0);
    return queue;
  });
  const taken: { slot: Slot; turns: string[] }[] = [];
  const take = (slot: Slot, turns: readonly PlannedTurn[]): void => {
    for (const { topicPartition, count } of turns) {
      queues.find((queue) => queue.topicPartition.partition === topicPartition.partition)?.take(count);
    }
    taken.push({
      slot,
      turns: turns.map(({ topicPartition, count }) => `${topicPartition.partition}: ${count}`),
    });
  };
  const limits = { batchSize: 2, windowMs: 500, maximumPayloadBytes: 6_291_456 };
  const batchSlots = new BatchSlots({ origin: anOrigin(), limits, slots }, () => clock.now);
  /** Has the batches that were taken so far be completed. */
  const complete = (): void => {
    for (const queue of queues) queue.release(clock.now);
    for (const { slot } of taken) batchSlots.free(slot);
  };
  return { clock, taken, complete, fill: () => batchSlots.fill(queues, take) };
}

test('each free slot gets a full batch, of the next partition in turn', () => {
  const { taken, fill } = someSlots(2, { 0: [1, 2], 1: [1, 2], 2: [1, 2] });

  const askAgainAt = fill();

  expect({ askAgainAt, taken: taken.map(({ turns }) => turns) }).toStrictEqual({
    askAgainAt: undefined,
    taken: [['0: 2'], ['1: 2']],
  });
});

test('a slot that has a batch gets no other before it is free, and then one of the next partition in turn', () => {
  const { taken, complete, fill } = someSlots(1, { 0: [1, 2, 3, 4], 1: [1, 2] });
  fill();
  fill();
  const whileRunning = taken.map(({ turns }) => turns);

  complete();
  fill();

  expect({ whileRunning, later: taken.map(({ turns }) => turns) }).toStrictEqual({
    whileRunning: [['0: 2']],
    later: [['0: 2'], ['1: 2']],
  });
});

test.each([
  { story: "the slot's own, which began when its batch was completed", slots: 1, expected: 800 },
  { story: 'that of another slot when it is the first to end', slots: 2, expected: 500 },
])('ESM-021 the window that a batch waits for is $story', ({ slots, expected }) => {
  const { clock, taken, complete, fill } = someSlots(slots, { 0: [1, 2], 1: [7] });
  fill();
  clock.now = 300;
  complete();

  const askAgainAt = fill();

  expect({ askAgainAt, taken: taken.length }).toStrictEqual({ askAgainAt: expected, taken: 1 });
});
