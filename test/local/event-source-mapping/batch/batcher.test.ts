import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { newBatch } from '../../../../local/event-source-mapping/batch/batch.ts';
import {
  MAXIMUM_PAYLOAD_BYTES,
  planBatch,
  type BatchLimits,
  type SlotState,
} from '../../../../local/event-source-mapping/batch/batcher.ts';
import {
  buildKafkaEvent,
  emptyEventBytes,
  partitionListBytes,
} from '../../../../local/event-source-mapping/batch/build-kafka-event.ts';
import { PartitionQueue } from '../../../../local/event-source-mapping/batch/partition-queue.ts';
import type { QueuedRecord } from '../../../../local/event-source-mapping/record/queued-record.ts';
import { aQueuedRecord, anOrigin, range, records } from '../builders.ts';

/** A queue of partition `partition` that got its records at time 0. */
function aQueue(partition: number, queued: readonly QueuedRecord[], now = 0): PartitionQueue {
  const queue = new PartitionQueue({ topic: 't', partition });
  queue.push(queued, now);
  return queue;
}

function aQueueOf(partition: number, count: number): PartitionQueue {
  return aQueue(partition, records(range(1, count), { partition }));
}

function limits(overrides: Partial<BatchLimits> = {}): BatchLimits {
  return { batchSize: 10, windowMs: 5_000, maximumPayloadBytes: MAXIMUM_PAYLOAD_BYTES, ...overrides };
}

function aSlot(overrides: Partial<SlotState> = {}): SlotState {
  return {
    queues: [],
    origin: anOrigin(),
    limits: limits(),
    windowStartedAt: 0,
    lastServed: null,
    now: 0,
    ...overrides,
  };
}

/** Turns as partition and count. */
function turnsOf(slot: SlotState): [number, number][] | string {
  const plan = planBatch(slot);
  if (plan.kind !== 'take') return plan.kind;
  return plan.turns.map(({ topicPartition, count }) => [topicPartition.partition, count]);
}

describe('the three triggers', () => {
  test('ESM-015 a full batch invokes at once', () => {
    const plan = planBatch(aSlot({ queues: [aQueueOf(0, 12)] }));

    expect(plan).toStrictEqual({
      kind: 'take',
      turns: [{ topicPartition: { topic: 't', partition: 0 }, count: 10 }],
      trigger: 'batchSize',
      lastServed: 0,
    });
  });

  test('ESM-015 a batch is full with exactly its size', () => {
    const plan = planBatch(aSlot({ queues: [aQueueOf(0, 10)] }));

    expect(plan).toMatchObject({ kind: 'take', trigger: 'batchSize' });
  });

  test('ESM-016 fewer records wait for the end of the window', () => {
    const slot = aSlot({ queues: [aQueueOf(0, 3)] });

    const plans = [0, 4_999, 5_000].map((now) => planBatch({ ...slot, now }));

    expect(plans).toMatchObject([
      { kind: 'wait', until: 5_000 },
      { kind: 'wait', until: 5_000 },
      { kind: 'take', turns: [{ count: 3 }], trigger: 'windowEnd' },
    ]);
  });

  test('ESM-016 the end of a window without records makes no call', () => {
    const plan = planBatch(aSlot({ queues: [aQueueOf(0, 0)], now: 5_000 }));

    expect(plan).toStrictEqual({ kind: 'idle' });
  });

  test('ESM-016 records that come after an empty window wait for the end of the next one', () => {
    const queue = aQueue(0, records([1]), 6_000);

    const plan = planBatch(aSlot({ queues: [queue], now: 6_000 }));

    expect(plan).toStrictEqual({ kind: 'wait', until: 10_000 });
  });

  test('ESM-017 6 MB invokes without the record that would pass it, which opens the next batch', () => {
    const large = range(1, 3).map((offset) => aQueuedRecord({ offset, value: Buffer.alloc(1_900_000) }));
    const queue = aQueue(0, large);
    const slot = aSlot({ queues: [queue] });

    const first = planBatch(slot);
    queue.take(2);
    queue.release(0);
    const next = planBatch({ ...slot, now: 5_000 });

    expect(first).toMatchObject({ kind: 'take', turns: [{ count: 2 }], trigger: 'payloadSize' });
    expect(next).toMatchObject({ kind: 'take', turns: [{ count: 1 }], trigger: 'windowEnd' });
  });

  test.each([
    ['fits', 0, 2],
    ['is one byte too long', 1, 1],
  ])('ESM-018 the limit is the event in bytes: a record that %s', (_story, missingBytes, count) => {
    const two = records([1, 2]);
    const other = records([1], { partition: 1 });
    const eventBytes = Buffer.byteLength(buildKafkaEvent(anOrigin(), [...other, ...two]));
    const slot = aSlot({
      queues: [aQueue(1, other), aQueue(0, two)],
      limits: limits({ maximumPayloadBytes: eventBytes - missingBytes }),
      lastServed: 0,
      now: 5_000,
    });

    const turns = turnsOf(slot);

    expect(turns).toStrictEqual([
      [1, 1],
      [0, count],
    ]);
  });

  test('ESM-020 window 0 takes the available records', () => {
    const slot = aSlot({ queues: [aQueueOf(0, 3)], limits: limits({ batchSize: 100, windowMs: 0 }) });

    const plan = planBatch(slot);

    expect(plan).toMatchObject({ kind: 'take', turns: [{ count: 3 }] });
  });

  test('ESM-021 the window begins when the previous batch is completed', () => {
    const queue = aQueue(0, records([1, 2, 3]), 1_000);

    const plan = planBatch(aSlot({ queues: [queue], windowStartedAt: 20_000, now: 20_000 }));

    expect(plan).toStrictEqual({ kind: 'wait', until: 25_000 });
  });
});

describe('the partitions of a batch', () => {
  test('ESM-022 the size counts them together', () => {
    const turns = turnsOf(aSlot({ queues: [aQueueOf(0, 6), aQueueOf(1, 6)] }));

    expect(turns).toStrictEqual([
      [0, 6],
      [1, 4],
    ]);
  });

  test('ESM-022 have turns, beginning after the one served last', () => {
    const queues = [2, 0, 1].map((partition) => aQueueOf(partition, 6));

    const starts = [null, 0, 1, 2].map((lastServed) => turnsOf(aSlot({ queues, lastServed })));

    expect(starts).toStrictEqual([
      [
        [0, 6],
        [1, 4],
      ],
      [
        [1, 6],
        [2, 4],
      ],
      [
        [2, 6],
        [0, 4],
      ],
      [
        [0, 6],
        [1, 4],
      ],
    ]);
  });

  test('ESM-023 never include one that a batch holds', () => {
    const held = aQueueOf(0, 20);
    held.take(10);

    const plans = [
      planBatch(aSlot({ queues: [held], now: 9_000 })),
      turnsOf(aSlot({ queues: [held, aQueueOf(1, 10)] })),
    ];

    expect(plans).toStrictEqual([{ kind: 'idle' }, [[1, 10]]]);
  });

  test('ESM-023 come back when their batch is completed', () => {
    const queue = aQueueOf(0, 20);
    queue.take(10);
    queue.release(7_000);

    const turns = turnsOf(aSlot({ queues: [queue], windowStartedAt: 7_000, now: 7_000 }));

    expect(turns).toStrictEqual([[0, 10]]);
  });

  test('with much data leave partitions for other slots', () => {
    const queues = range(0, 7).map((partition) => aQueueOf(partition, 50));

    const turns = turnsOf(aSlot({ queues }));

    expect(turns).toStrictEqual([[0, 10]]);
  });
});

describe('a record that fits no event', () => {
  const oversize = aQueuedRecord({ offset: 2, value: Buffer.alloc(5_000_000) });

  test('ESM-057 is taken along without closing the batch', () => {
    const queue = aQueue(0, [...records([1]), oversize, ...records(range(3, 11))]);

    const plan = planBatch(aSlot({ queues: [queue] }));

    expect(plan).toMatchObject({ kind: 'take', turns: [{ count: 11 }], trigger: 'batchSize' });
  });

  test('ESM-057 is taken alone at the end of the window', () => {
    const plan = planBatch(aSlot({ queues: [aQueue(0, [oversize])], now: 5_000 }));

    expect(plan).toMatchObject({ kind: 'take', turns: [{ count: 1 }], trigger: 'windowEnd' });
  });
});

describe('a poller that plans until its queues are empty', () => {
  test('hands out every record once, in order, in events within the limits', () => {
    const sizes = fc.array(fc.array(fc.nat(400), { maxLength: 20 }), { minLength: 1, maxLength: 4 });
    const batchSizes = fc.integer({ min: 1, max: 15 });

    fc.assert(
      fc.property(sizes, batchSizes, (partitions, batchSize) => {
        const origin = anOrigin();
        const list = partitionListBytes({ topic: 't', partition: 0 });
        const maximumPayloadBytes = emptyEventBytes(origin) + list + 500;
        const polled = partitions.map((values, partition) =>
          values.map((size, offset) => aQueuedRecord({ partition, offset, value: Buffer.alloc(size) })),
        );
        const queues = polled.map((ofPartition, partition) => aQueue(partition, ofPartition));
        const slot = aSlot({ queues, limits: limits({ batchSize, windowMs: 0, maximumPayloadBytes }) });

        const batches = drain(slot);

        for (const batch of batches) {
          const sent = newBatch(batch).records.filter(({ bytes }) => bytes <= 500);
          expect(sent.length).toBeLessThanOrEqual(batchSize);
          expect(Buffer.byteLength(buildKafkaEvent(origin, sent))).toBeLessThanOrEqual(maximumPayloadBytes);
        }
        const handedOut = Map.groupBy(batches.flat(), ({ partition }) => partition);
        expect(polled.map((_, partition) => handedOut.get(partition) ?? [])).toStrictEqual(polled);
      }),
    );
  });
});

/** The records of each batch that one slot takes until nothing is left. */
function drain(slot: SlotState): QueuedRecord[][] {
  const batches: QueuedRecord[][] = [];
  let lastServed: number | null = null;
  for (;;) {
    const plan = planBatch({ ...slot, lastServed });
    if (plan.kind !== 'take') return batches;
    ({ lastServed } = plan);
    const turns = plan.turns.flatMap(({ topicPartition: { partition }, count }) => {
      const queue = slot.queues[partition];
      return queue === undefined ? [] : [{ queue, taken: queue.take(count) }];
    });
    for (const { queue } of turns) queue.release(slot.now);
    batches.push(turns.flatMap(({ taken }) => taken));
  }
}
