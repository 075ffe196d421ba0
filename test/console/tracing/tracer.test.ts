import { keyPartitioner } from '@order-events/kafka-tools';
import { describe, expect, test } from '@jest/globals';
import { ConsoleState } from '../../../console/sampling/console-state.ts';
import { Tracer } from '../../../console/tracing/tracer.ts';
import type { ConsoleSources } from '../../../console/ports.ts';
import {
  aCall,
  aGroupReport,
  aLag,
  aLetter,
  fakeFailures,
  fakeLetters,
  fakeReader,
  fakeSources,
  TOPIC,
} from '../builders.ts';

const KEY = 'order-1';
const PARTITION = keyPartitioner(3)(KEY);
const record = (offset: number, key = KEY, value = '{"type":"order.placed"}') => ({
  partition: PARTITION,
  offset,
  key: Buffer.from(key),
  value: Buffer.from(value),
});

/** Traces an order of which the group has committed so many records of its partition. */
async function traceWith(
  committed: number,
  calls: readonly ReturnType<typeof aCall>[] = [],
  records = [record(0, 'other'), record(1)],
  over: Partial<ConsoleSources> = {},
) {
  const sources = fakeSources({
    ...over,
    groups: () => Promise.resolve([aGroupReport({ lags: [0, 1, 2].map(() => aLag({ committed, end: 5 })) })]),
    callsSince: () => Promise.resolve({ calls, revision: 1 }),
    records: fakeReader(records),
    effects: (key) => Promise.resolve([{ groupId: 'billing-group', text: `invoice of ${key}` }]),
  });
  const state = new ConsoleState(TOPIC, { hasLog: true });
  await state.sample(sources, () => 1);
  await state.readCalls(sources);
  return await new Tracer({ state, sources, failures: fakeFailures(sources.letters), now: () => 7 }).trace(
    KEY,
  );
}

const inPartition = { partition: PARTITION, firstOffset: 0, lastOffset: 1, records: 2 };
const attempt = { pid: 1, startedAt: 1_000, attempt: 1, records: 2 };

test('a key leads to each of its events, what each group has done, and how far it was looked', async () => {
  const call = aCall({
    partitions: [inPartition],
    end: { endedAt: 1_040, outcome: 'succeeded', requestId: 'r', failed: [] },
  });

  const trace = await traceWith(2, [call]);

  expect(trace).toEqual({
    key: KEY,
    looked: [{ partition: PARTITION, from: 0, to: 2, start: 0, tookMs: 0 }],
    events: [
      {
        partition: PARTITION,
        offset: 1,
        timestamp: 1,
        type: 'order.placed',
        bytes: 23,
        groups: [
          {
            groupId: 'billing-group',
            state: 'done',
            attempts: [{ ...attempt, outcome: 'succeeded', tookMs: 40, requestId: 'r' }],
          },
        ],
      },
    ],
    effects: [{ groupId: 'billing-group', text: `invoice of ${KEY}` }],
  });
});

test.each([
  {
    story: 'waits behind one other record',
    committed: 0,
    calls: [],
    state: 'waiting',
    ahead: 1,
    outcomes: [],
  },
  { story: 'is next in line', committed: 1, calls: [], state: 'waiting', ahead: 0, outcomes: [] },
  {
    story: 'is in a call',
    committed: 0,
    calls: [aCall({ partitions: [inPartition] })],
    state: 'working',
    ahead: undefined,
    outcomes: ['running'],
  },
  {
    story: 'failed in a batch of which another record succeeded',
    committed: 1,
    calls: [
      aCall({
        partitions: [inPartition],
        end: { endedAt: 2_000, outcome: 'someFailed', failed: [[PARTITION, 1]] },
      }),
    ],
    state: 'waiting',
    ahead: 0,
    outcomes: ['failed'],
  },
  {
    story: 'succeeded in a batch of which another record failed',
    committed: 0,
    calls: [
      aCall({
        partitions: [inPartition],
        end: { endedAt: 2_000, outcome: 'someFailed', failed: [[PARTITION, 0]] },
      }),
    ],
    state: 'waiting',
    ahead: 1,
    outcomes: ['succeeded'],
  },
  {
    story: 'was in the hands of a poller that died',
    committed: 1,
    calls: [aCall({ partitions: [inPartition], end: { endedAt: 2_000, outcome: 'lost', failed: [] } })],
    state: 'waiting',
    ahead: 0,
    outcomes: ['lost'],
  },
  {
    story: 'was in a batch that failed as a whole',
    committed: 1,
    calls: [aCall({ partitions: [inPartition], end: { endedAt: 2_000, outcome: 'allFailed', failed: [] } })],
    state: 'waiting',
    ahead: 0,
    outcomes: ['failed'],
  },
])('a record $story', async ({ committed, calls, state, ahead, outcomes }) => {
  const { events } = await traceWith(committed, calls);

  const [group] = events[0]?.groups ?? [];

  expect({
    state: group?.state,
    ahead: group?.ahead,
    outcomes: group?.attempts.map(({ outcome }) => outcome),
  }).toEqual({
    state,
    ahead,
    outcomes,
  });
});

test.each([
  ['{"type":"order.placed"}', 'order.placed'],
  ['{"order_id":"1"}', 'shortest order'],
  ['[1]', 'JSON of another shape'],
  ['<script>', 'not JSON'],
  [`{"type":"${'x'.repeat(100)}"}`, 'x'.repeat(64)],
])('a record with %s is called %s', async (value, type) => {
  const { events } = await traceWith(0, [], [record(0, KEY, value)]);

  expect(events.map((event) => event.type)).toEqual([type]);
});

test('a key that was asked for before is read on, not anew', async () => {
  const reads: string[] = [];
  let now = 0;
  const records = [record(0)];
  const sources = fakeSources({
    records: fakeReader(records, (from, to) => reads.push(`${from} to ${to}`)),
  });
  const tracer = new Tracer({
    state: new ConsoleState(TOPIC, { hasLog: true }),
    sources,
    failures: fakeFailures(sources.letters),
    now: () => now,
  });
  await tracer.trace(KEY);
  now += 500;
  await tracer.trace(KEY);
  now += 500;
  records.push(record(1));

  const { events } = await tracer.trace(KEY);

  expect({ reads, offsets: events.map(({ offset }) => offset) }).toEqual({
    reads: ['0 to 1', '1 to 2'],
    offsets: [0, 1],
  });
});

/** A tracer that counts how often it asks the tables, with a clock of its own. */
const countingTracer = () => {
  const counted = { asked: 0 };
  const clock = { now: 0 };
  const sources = fakeSources({
    effects: () => {
      counted.asked += 1;
      return Promise.resolve([]);
    },
  });
  const state = new ConsoleState(TOPIC, { hasLog: true });
  const tracer = new Tracer({ state, sources, failures: fakeFailures(), now: () => clock.now });
  return { counted, clock, sources, state, tracer };
};

test('those who ask for a key within half a second share one answer', async () => {
  const { counted, clock, tracer } = countingTracer();

  await Promise.all([tracer.trace(KEY), tracer.trace(KEY)]);
  clock.now = 499;
  await tracer.trace(KEY);

  expect(counted).toEqual({ asked: 1 });
});

test('viewers who ask after the same sample share one answer, however late they come', async () => {
  const { counted, clock, sources, state, tracer } = countingTracer();
  state.watch();

  await tracer.trace(KEY);
  clock.now = 5_000;
  await tracer.trace(KEY);
  const afterOneSample = counted.asked;
  await state.sample(sources, () => clock.now);
  await tracer.trace(KEY);

  expect([afterOneSample, counted.asked]).toEqual([1, 2]);
});

/** A journal with one entry. */
const journal = (operation: string, outcomes: Readonly<Record<string, readonly string[]>>) => ({
  journal: () =>
    Promise.resolve({
      entries: [{ runId: 'r', operation, by: 'ann', atMs: 5, step: 1, what: 'everything', outcomes }],
    }),
});

describe('a record that a group gave up', () => {
  const ID = `${PARTITION}:1`;
  const parked = {
    kind: 'parked',
    consumer: 'billing',
    reason: 'event-invalid',
    state: 'waiting',
    redriven: 0,
  };

  test.each([
    {
      story: 'is parked, with its letter',
      letters: fakeLetters([aLetter({ id: ID, partition: PARTITION, offset: 1 })]),
      state: 'parked',
      fate: { ...parked, id: ID },
    },
    {
      story: 'is parked in a range that Lambda gave up',
      letters: fakeLetters([aLetter({ id: 'range', partition: PARTITION, offset: 0, lastOffset: 3 })]),
      state: 'parked',
      fate: { ...parked, id: 'range' },
    },
    {
      story: 'was redriven and had its effect',
      letters: fakeLetters([], journal('redrive', { applied: ['9:9', ID] })),
      state: 'redriven',
      fate: { kind: 'redriven', at: 5, by: 'ann', hadEffectBefore: false },
    },
    {
      story: 'was left out of a redrive, as it had its effect',
      letters: fakeLetters([], journal('redrive', { 'leftOut duplicate': [ID] })),
      state: 'redriven',
      fate: { kind: 'redriven', at: 5, by: 'ann', hadEffectBefore: true },
    },
    {
      story: 'is done where only a replay handled it once more',
      letters: fakeLetters([], journal('replay', { applied: [ID] })),
      state: 'done',
      fate: undefined,
    },
    {
      story: 'is done where letters are of other records',
      letters: fakeLetters([aLetter({ id: '9:1', partition: PARTITION, offset: 2 })]),
      state: 'done',
      fate: undefined,
    },
  ])('$story', async ({ letters, state, fate }) => {
    const { events } = await traceWith(2, [], [record(1)], { letters });

    const [group] = events[0]?.groups ?? [];

    expect({ state: group?.state, fate: group?.fate }).toEqual({ state, fate });
  });
});
