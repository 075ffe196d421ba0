import type { Batch } from '../../../../local/event-source-mapping/batch/batch.ts';
import {
  EventPoller,
  type EventPollerSettings,
} from '../../../../local/event-source-mapping/poller/event-poller.ts';
import { createCommitLeases } from '../../../../local/event-source-mapping/poller/commit-leases.ts';
import type { PollerEvent } from '../../../../local/event-source-mapping/poller/messages.ts';
import type { Turn } from '../../../../local/event-source-mapping/poller/turn.ts';
import { toQueuedRecord } from '../../../../local/event-source-mapping/record/queued-record.ts';
import { FakeGroup } from './fake-group.ts';

/** A batch in flight that the test ends when it wants to. */
export interface OpenCall {
  readonly records: readonly string[];
  readonly turn: Turn;
  /** Has the records tried again, as a run does after a failed try. */
  fail(): void;
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

/** A poller in a fake group, whose batches run until the test says how they end; five slots, two records a batch. */
export async function startPoller(overrides: Partial<EventPollerSettings> = {}): Promise<Setup> {
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
      holdPartition: true,
      ...overrides,
    },
    {
      consumer: group,
      commitLeases: createCommitLeases({
        consumer: group,
        emit: () => undefined,
        delay: () => Promise.resolve(),
        interval: () => Promise.resolve(),
      }),
      passesFilters: ({ value }) => value?.toString() !== 'filtered',
      runBatch: (batch, turn) => runUntilTold(batch, turn, open),
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
  poller.start();
  const advance = (ms: number): void => {
    now += ms;
    const due = timers.filter(({ at }) => at <= now);
    timers = timers.filter(({ at }) => at > now);
    for (const { callback } of due) callback();
  };
  return { group, poller, open, told, advance };
}

function runUntilTold(batch: Batch, turn: Turn, open: OpenCall[]): Promise<void> {
  return new Promise((resolve) => {
    const call: OpenCall = {
      records: batch.records.map(({ partition, offset }) => `${partition}:${offset}`),
      turn,
      fail: () => {
        turn.endCall();
        turn.announceRetry();
      },
      succeed: async () => {
        for (const { partition, offset } of batch.records) {
          turn.leases.get(partition)?.progress.resolve([offset]);
        }
        open.splice(open.indexOf(call), 1);
        turn.endCall();
        turn.handled();
        resolve();
        // The poller's own continuation runs first.
        await new Promise(setImmediate);
      },
    };
    open.push(call);
    turn.beginCall();
  });
}

/** The records of each batch in flight, as `partition:offset`. */
export function recordsOf(open: readonly OpenCall[]): (readonly string[])[] {
  return open.map(({ records }) => records);
}
