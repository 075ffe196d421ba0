import { expect, test } from '@jest/globals';
import type { Batch } from '../../../../local/event-source-mapping/batch.ts';
import {
  EventPoller,
  type EventPollerSettings,
} from '../../../../local/event-source-mapping/poller/event-poller.ts';
import { createCommitLeases } from '../../../../local/event-source-mapping/poller/commit-leases.ts';
import type { PollerEvent } from '../../../../local/event-source-mapping/poller/messages.ts';
import type { BatchContext } from '../../../../local/event-source-mapping/poller/run-batch.ts';
import { toQueuedRecord } from '../../../../local/event-source-mapping/queued-record.ts';
import { FakeGroup } from './fake-group.ts';

/** A batch in flight that the test ends when it wants to. */
interface OpenCall {
  readonly records: readonly string[];
  readonly context: BatchContext;
  /** Resolves the records, as a run does on success. */
  succeed(): Promise<void>;
}

interface Setup {
  readonly group: FakeGroup;
  readonly poller: EventPoller;
  /** Batches in flight, oldest first. */
  readonly open: OpenCall[];
  /** What the poller told, oldest first, but its counts. */
  readonly told: PollerEvent[];
  advance(ms: number): void;
}

async function startPoller(overrides: Partial<EventPollerSettings> = {}): Promise<Setup> {
  const group = new FakeGroup();
  const open: OpenCall[] = [];
  const told: PollerEvent[] = [];
  let now = 0;
  let timers: { at: number; callback: () => void }[] = [];
  const poller = new EventPoller(
    {
      topic: 'orders',
      origin: { eventSourceArn: null, bootstrapServers: ['b:9092'] },
      limits: { batchSize: 2, windowMs: 0, maximumPayloadBytes: 6_291_456 },
      readAhead: { records: 4, bytes: 1_000_000 },
      slots: 5,
      commitWhenAllFiltered: true,
      ...overrides,
    },
    {
      consumer: group,
      commitLeases: createCommitLeases({
        consumer: group,
        emit: () => undefined,
        delay: () => Promise.resolve(),
      }),
      passesFilters: ({ value }) => value?.toString() !== 'filtered',
      runBatch: (batch, context) => runUntilTold(batch, context, open),
      toQueuedRecord: (record) => toQueuedRecord(record, 'omit'),
      emit: (event) => {
        if (event.type !== 'counted') told.push(event);
      },
      now: () => now,
      schedule: (callback, delayMs) => {
        const timer = { at: now + delayMs, callback };
        timers.push(timer);
        return () => {
          timers = timers.filter((other) => other !== timer);
        };
      },
    },
  );
  await poller.start();
  const advance = (ms: number): void => {
    now += ms;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { callback } of due) callback();
  };
  return { group, poller, open, told, advance };
}

function runUntilTold(batch: Batch, context: BatchContext, open: OpenCall[]): Promise<void> {
  return new Promise((resolve) => {
    const call: OpenCall = {
      records: batch.records.map(({ partition, offset }) => `${partition}:${offset}`),
      context,
      succeed: async () => {
        for (const { partition, offset } of batch.records) {
          context.leases.get(partition)?.progress.resolve([offset]);
        }
        open.splice(open.indexOf(call), 1);
        resolve();
        // The poller's own continuation runs first.
        await new Promise(setImmediate);
      },
    };
    open.push(call);
  });
}

test('ESM-023 one batch is in flight per partition', async () => {
  const { group, open } = await startPoller();
  group.assign('m', [0]);

  group.deliver(0, [1, 2]);
  group.deliver(0, [3, 4]);
  const during = open.map(({ records }) => records);
  await open[0]?.succeed();

  expect(during).toEqual([['0:1', '0:2']]);
  expect(open.map(({ records }) => records)).toEqual([['0:3', '0:4']]);
});

test('ESM-024 a poller runs at most its number of calls at once', async () => {
  const { group, open } = await startPoller();
  group.assign('m', [0, 1, 2, 3, 4, 5, 6, 7]);

  for (const partition of [0, 1, 2, 3, 4, 5, 6, 7]) group.deliver(partition, [1, 2]);

  expect(open.map(({ records }) => records[0])).toEqual(['0:1', '1:1', '2:1', '3:1', '4:1']);
});

test('ESM-016 the end of the window closes a batch that is not full', async () => {
  const { group, open, advance } = await startPoller({
    limits: { batchSize: 10, windowMs: 500, maximumPayloadBytes: 6_291_456 },
  });
  group.assign('m', [0]);
  group.deliver(0, [1, 2, 3]);
  const before = open.length;

  advance(500);

  expect({ before, after: open.map(({ records }) => records) }).toEqual({
    before: 0,
    after: [['0:1', '0:2', '0:3']],
  });
});

test('ESM-021 a slot waits for its own window, which begins when its previous batch is completed', async () => {
  const { group, open, advance } = await startPoller({
    limits: { batchSize: 2, windowMs: 500, maximumPayloadBytes: 6_291_456 },
    slots: 2,
  });
  group.assign('m', [0, 1]);
  group.deliver(0, [1, 2]);
  advance(300);
  await open[0]?.succeed();
  group.deliver(1, [7]);

  advance(200);

  // The second slot's window began at 0 and ends at 500; the first slot's would have ended at 800.
  expect(open.map(({ records }) => records)).toEqual([['1:7']]);
});

test('fetching pauses when enough is read ahead, and goes on when it is used up', async () => {
  const { group, open } = await startPoller();
  group.assign('m', [0]);
  group.calls.length = 0;

  group.deliver(0, [1, 2, 3, 4, 5, 6, 7]);
  const whileFull = [...group.calls];
  await open[0]?.succeed();

  expect({ whileFull, later: group.calls }).toEqual({ whileFull: [], later: ['resume 0'] });
});

test('a batch in flight keeps its lease when a rebalance leaves the partition with its member', async () => {
  const { group, open } = await startPoller();
  group.assign('m', [0, 1]);
  group.deliver(0, [1, 2, 3]);
  const lease = open[0]?.context.leases.get(0);
  group.calls.length = 0;

  group.assign('m', [0]);
  await open[0]?.succeed();

  expect(lease?.ended).toBe(false);
  // Nothing is fetched while the batch is in flight.
  expect(group.calls).toEqual(['pause 0', 'resume 0']);
});

test('records of a batch that outlived a rebalance are passed over when the client brings them again', async () => {
  const { group, open } = await startPoller();
  group.assign('m', [0]);
  group.deliver(0, [1, 2, 3]);
  group.assign('m', [0]);
  await open[0]?.succeed();

  group.deliver(0, [1, 2, 3, 4]);

  expect(open.map(({ records }) => records)).toEqual([['0:3', '0:4']]);
});

test('a batch in flight loses its lease with its partition', async () => {
  const { group, open } = await startPoller();
  group.assign('m', [0, 1]);
  group.deliver(0, [1, 2]);

  group.assign('m', [1]);

  expect(open[0]?.context.leases.get(0)?.ended).toBe(true);
});

test('a partition that comes back is not read before the batch of its former lease has ended', async () => {
  const { group, open } = await startPoller();
  group.assign('m', [0, 1]);
  group.deliver(0, [1, 2]);
  group.assign('m', [1]);
  group.calls.length = 0;

  group.assign('m', [0, 1]);
  const whileInFlight = [...group.calls];
  await open[0]?.succeed();

  expect({ whileInFlight, later: group.calls.slice(whileInFlight.length) }).toEqual({
    whileInFlight: ['pause 0', 'resume 1'],
    later: ['resume 0'],
  });
});

test('a member that the group had given up holds no lease any more', async () => {
  const { group, open } = await startPoller();
  group.assign('before', [0]);
  group.deliver(0, [1, 2]);

  group.assign('after', [0]);

  expect(open[0]?.context.leases.get(0)?.ended).toBe(true);
});

test('a member that skipped a generation, in which others may have had its partitions, holds no lease any more', async () => {
  const { group, open } = await startPoller();
  group.assign('m', [0]);
  group.deliver(0, [1, 2]);

  group.assign('m', [0], 2);

  expect(open[0]?.context.leases.get(0)?.ended).toBe(true);
});

test('ESM-094 a quiet poller lets its open call end, and begins no other before the group has changed', async () => {
  const { group, poller, open } = await startPoller();
  group.assign('m', [0, 1]);
  group.deliver(0, [1, 2]);

  const quiet = poller.quiesce();
  group.deliver(1, [1, 2]);
  const during = open.map(({ records }) => records);
  await open[0]?.succeed();
  await quiet;
  const before = open.length;
  group.assign('m', [1]);
  group.deliver(1, [1, 2]);

  expect({ during, before }).toEqual({ during: [['0:1', '0:2']], before: 0 });
  expect({ committed: group.commits, open: open.map(({ records }) => records) }).toEqual({
    committed: [{ 0: 3 }],
    open: [['1:1', '1:2']],
  });
});

test('a quiet poller goes on when its group does not change', async () => {
  const { group, poller, open, advance } = await startPoller();
  group.assign('m', [0]);
  await poller.quiesce();
  group.deliver(0, [1, 2]);

  const during = open.length;
  advance(15_000);

  expect([during, open.map(({ records }) => records)]).toEqual([0, [['0:1', '0:2']]]);
});

test('ESM-099 stopping lets the open call end, and leaves the group then', async () => {
  const { group, poller, open } = await startPoller();
  group.assign('m', [0]);
  group.deliver(0, [1, 2, 3, 4]);
  group.calls.length = 0;

  const stopped = poller.stop();
  const whileOpen = [...group.calls];
  await open[0]?.succeed();
  await stopped;

  expect({ whileOpen, later: group.calls.at(-1), open: open.length }).toEqual({
    whileOpen: [],
    later: 'leave',
    open: 0,
  });
});

test('ESM-035 filtered records that come while a batch is in flight are committed when it ends', async () => {
  const { group, open } = await startPoller();
  group.assign('m', [0]);
  group.deliver(0, [1]);
  group.deliver(0, [2, 3], 'filtered');

  await open[0]?.succeed();

  expect(group.commits).toEqual([{ 0: 4 }]);
});

test('ESM-035 an all-filtered poll commits without a call', async () => {
  const { group, open } = await startPoller();
  group.assign('m', [0]);

  group.deliver(0, [5, 6, 7], 'filtered');

  expect({ open, commits: group.commits }).toEqual({ open: [], commits: [{ 0: 8 }] });
});

test('ESM-039 records that retention deleted unread are named in the log', async () => {
  const { group, told } = await startPoller();

  group.events?.skipped(3, 100, 500);

  expect(told).toEqual([
    {
      type: 'log',
      level: 'WARN',
      code: 'OFFSET_OUT_OF_RANGE',
      message:
        'retention deleted the records 100 to 499 of orders-3 before they were read; reading goes on at 500',
    },
  ]);
});

test('an error of the event source that is a known problem is told as such', async () => {
  const { group, told } = await startPoller();
  const refused = Object.assign(new Error('Not authorized'), { apiId: 'TOPIC_AUTHORIZATION_FAILED' });

  group.events?.failed(new Error('given up', { cause: refused }));

  expect(told[0]).toEqual({
    type: 'processed',
    result: 'PROBLEM: Event source error. given up',
    problem: 'EVENT_SOURCE_AUTHZ_ERROR',
  });
});

test('ESM-100 a broker that is lost and found is told as the result of processing', async () => {
  const { group, told } = await startPoller();

  group.events?.failed(new Error('connect ECONNREFUSED'));
  group.events?.recovered();

  expect(told).toEqual([
    { type: 'processed', result: 'PROBLEM: Connection error. connect ECONNREFUSED' },
    {
      type: 'log',
      level: 'WARN',
      code: 'POLLING_ERROR',
      message: 'polling failed: connect ECONNREFUSED',
    },
    { type: 'processed', result: 'OK' },
  ]);
});
