import { expect, test } from '@jest/globals';
import { PartitionQueue } from '../../../../local/event-source-mapping/batch/partition-queue.ts';
import { range, records } from '../builders.ts';
import { offsetsOf } from '../run-to-end.ts';

function aQueue(): PartitionQueue {
  return new PartitionQueue({ topic: 't', partition: 0 });
}

test('records are available since the first of them came', () => {
  const queue = aQueue();
  queue.push(records([1]), 1_000);

  queue.push(records([2]), 2_000);

  expect([queue.availableSince, queue.length]).toStrictEqual([1_000, 2]);
});

test('ESM-023 records that come while a batch holds the partition are available from its release on', () => {
  const queue = aQueue();
  queue.push(records([1]), 1_000);
  queue.take(1);
  queue.push(records([2]), 2_000);
  const whileHeld = queue.availableSince;

  queue.release(3_000);

  expect([whileHeld, queue.availableSince]).toStrictEqual([null, 3_000]);
});

test('a released partition without records is not available', () => {
  const queue = aQueue();
  queue.push(records([1]), 1_000);
  queue.take(1);

  queue.release(2_000);

  expect(queue.availableSince).toBeNull();
});

test('a cleared queue returns the waiting records, and its batch still holds it', () => {
  const queue = aQueue();
  queue.push(records([1, 2, 3]), 1_000);
  queue.take(1);

  const cleared = offsetsOf({ records: queue.clear() });
  queue.push(records([2]), 2_000);
  const whileHeld = [queue.length, queue.availableSince];
  queue.release(3_000);

  expect({ cleared, whileHeld, later: queue.availableSince }).toStrictEqual({
    cleared: [2, 3],
    whileHeld: [1, null],
    later: 3_000,
  });
});

test('a queue that is cleared is not available', () => {
  const queue = aQueue();
  queue.push(records([1]), 1_000);

  queue.clear();

  expect([queue.length, queue.availableSince]).toStrictEqual([0, null]);
});

test('many records come out once and in order, however they are taken', () => {
  const queue = aQueue();
  const taken: number[] = [];
  for (const round of range(0, 9)) {
    queue.push(records(range(round * 1_000, round * 1_000 + 999)), 0);
    taken.push(...offsetsOf({ records: queue.take(700) }));
  }

  const rest = offsetsOf({ records: queue.take(10_000) });

  expect([...taken, ...rest]).toStrictEqual(range(0, 9_999));
  expect([queue.length, queue.bytesAt(0)]).toStrictEqual([0, undefined]);
});
