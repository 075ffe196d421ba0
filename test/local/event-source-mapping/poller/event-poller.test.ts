import { expect, test } from '@jest/globals';
import { startPoller } from './start-poller.ts';

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

test('ESM-022 one batch has the records of all partitions of an answer', async () => {
  const { group, open } = await startPoller();
  group.assign('m', [0, 1]);

  group.deliverPart(0, [1]);
  group.deliver(1, [7]);

  expect(open.map(({ records }) => records)).toEqual([['0:1', '1:7']]);
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

test('fetching pauses when enough is read ahead, and continues when it is used up', async () => {
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
  const lease = open[0]?.turn.leases.get(0);
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

test('a record that was read ahead and is deleted before it is read again holds no commit back', async () => {
  const { group, open } = await startPoller();
  group.assign('m', [0]);
  group.deliver(0, [1, 2, 3, 4]);
  const lease = open[0]?.turn.leases.get(0);
  group.assign('m', [0]);
  await open[0]?.succeed();

  group.deliver(0, [1, 2, 4]);
  await open[0]?.succeed();

  expect(lease?.progress.position).toBe(5);
});

test('dropped records do not count towards the read-ahead of a poller', async () => {
  const { group, open } = await startPoller({ readAhead: { records: 4, bytes: 1 } });
  group.assign('m', [0]);
  group.deliver(0, [1, 2, 3]);
  group.assign('m', [0]);
  group.calls.length = 0;

  await open[0]?.succeed();

  expect(group.calls).toEqual(['resume 0']);
});

test('a batch in flight loses its lease with its partition', async () => {
  const { group, open } = await startPoller();
  group.assign('m', [0, 1]);
  group.deliver(0, [1, 2]);

  group.assign('m', [1]);

  expect(open[0]?.turn.leases.get(0)?.ended).toBe(true);
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

test('a partition that comes back waits for an open call of its former lease, and for no retry of other partitions', async () => {
  const { group, open, advance } = await startPoller({
    limits: { batchSize: 2, windowMs: 10, maximumPayloadBytes: 6_291_456 },
  });
  group.assign('m', [0, 1]);
  group.deliver(0, [1]);
  group.deliver(1, [1]);
  advance(10);
  group.assign('m', [1]);
  group.assign('m', [0, 1]);
  const duringTheCall = group.calls.slice(-2);

  open[0]?.turn.endCall();

  expect(open.map(({ records }) => records)).toEqual([['0:1', '1:1']]);
  expect({ duringTheCall, after: group.calls.slice(-1) }).toEqual({
    duringTheCall: ['pause 0', 'pause 1'],
    after: ['resume 0'],
  });
});

test('a batch that has let go of a lost partition does not have it read when it ends', async () => {
  const { group, open } = await startPoller();
  group.assign('m', [0]);
  group.deliver(0, [1, 2]);
  group.assign('m', []);
  open[0]?.turn.endCall();
  group.assign('m', [0]);
  group.deliver(0, [1, 2]);
  group.assign('m', []);
  group.assign('m', [0]);
  group.calls.length = 0;

  await open[0]?.succeed();
  const afterTheFirst = [...group.calls];
  await open[0]?.succeed();

  expect({ afterTheFirst, later: group.calls }).toEqual({ afterTheFirst: [], later: ['resume 0'] });
});

test('a member that the group has removed holds no lease any more', async () => {
  const { group, open } = await startPoller();
  group.assign('before', [0]);
  group.deliver(0, [1, 2]);

  group.assign('after', [0]);

  expect(open[0]?.turn.leases.get(0)?.ended).toBe(true);
});

test('a member that skipped a generation, in which others may have had its partitions, holds no lease any more', async () => {
  const { group, open } = await startPoller();
  group.assign('m', [0]);
  group.deliver(0, [1, 2]);

  group.assign('m', [0], 2);

  expect(open[0]?.turn.leases.get(0)?.ended).toBe(true);
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

test('a quiet poller continues when its group does not change', async () => {
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
        'retention deleted the records 100 to 499 of orders-3 before they were read; reading continues at 500',
    },
  ]);
});

test('an error of the event source that is a known problem is reported as such', async () => {
  const { group, told } = await startPoller();
  const refused = Object.assign(new Error('Not authorized'), { apiId: 'TOPIC_AUTHORIZATION_FAILED' });

  group.events?.failed(new Error('given up', { cause: refused }));

  expect(told[0]).toEqual({
    type: 'processed',
    result: 'PROBLEM: Event source error. given up',
    problem: 'EVENT_SOURCE_AUTHZ_ERROR',
  });
});

test('ESM-100 a lost and recovered broker is reported as the result of processing', async () => {
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

test('a generation is told once, not with each heartbeat', async () => {
  const { group, told } = await startPoller();

  for (const generationId of [1, 1, 2, 2, 2]) group.events?.heartbeat(generationId);

  expect(told).toEqual([
    { type: 'generation', generationId: 1 },
    { type: 'generation', generationId: 2 },
  ]);
});
