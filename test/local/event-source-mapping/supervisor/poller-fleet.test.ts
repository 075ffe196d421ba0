import { expect, test } from '@jest/globals';
import { fleetOfFakes, pids } from './fake-pollers.ts';

test('ESM-094 pollers that scaling adds join one by one, each when the group has its partitions again', async () => {
  const { fleet, running } = fleetOfFakes(1, { settle: 'whenTold' });
  const seen: number[][] = [];

  const scaled = fleet.scaleTo(3);
  for (const rebalanced of [[], [101], [102], [101, 102]]) {
    for (const poller of running.filter(({ pid }) => rebalanced.includes(pid))) poller.settle();
    await new Promise(setImmediate);
    seen.push(pids(running));
  }
  for (const poller of running) poller.settle();
  await scaled;

  expect(seen).toEqual([
    [101, 102],
    [101, 102],
    [101, 102, 103],
    [101, 102, 103],
  ]);
});

test('ESM-094 pollers that scaling takes away leave one by one', async () => {
  const { fleet, running } = fleetOfFakes(3, { settle: 'whenTold' });

  const scaled = fleet.scaleTo(1);
  await new Promise(setImmediate);
  const during = pids(running);
  for (const poller of running) poller.settle();
  await new Promise(setImmediate);
  const after = pids(running);
  for (const poller of running) poller.settle();
  await scaled;

  expect([during, after]).toEqual([[101, 102], [101]]);
});

test.each([
  { story: 'a poller comes', from: 1, to: 2, after: [101, 102] },
  { story: 'one leaves', from: 2, to: 1, after: [101] },
])('ESM-094 scaling lets all open calls end before $story', async ({ from, to, after }) => {
  const { fleet, running } = fleetOfFakes(from, { leave: 'afterCall' });
  const before = pids(fleet.pollers);

  const scaled = fleet.scaleTo(to);
  await new Promise(setImmediate);
  const whileCalled = pids(fleet.pollers);
  for (const poller of running) poller.endCall();
  await scaled;

  expect({ whileCalled, after: pids(fleet.pollers) }).toStrictEqual({ whileCalled: before, after });
});

test('a scaling that is requested during another one waits for its rebalance', async () => {
  const { fleet, running } = fleetOfFakes(1, { settle: 'whenTold' });
  const first = fleet.scaleTo(2);
  await new Promise(setImmediate);

  const second = fleet.scaleTo(3);
  await new Promise(setImmediate);
  const during = pids(running);
  for (const poller of running) poller.settle();
  await first;
  await new Promise(setImmediate);
  const after = pids(running);
  for (const poller of running) poller.settle();
  await second;

  expect({ during, after }).toStrictEqual({ during: [101, 102], after: [101, 102, 103] });
});

test('scaling does not wait for a poller that is lost meanwhile, which is replaced in its time', async () => {
  const { fleet, running, runTimers } = fleetOfFakes(2, { settle: 'whenTold' });

  const scaled = fleet.scaleTo(3);
  await new Promise(setImmediate);
  running[0]?.die();
  for (const poller of running) poller.settle();
  await scaled;
  const missing = pids(running);
  runTimers();

  expect({ missing, replaced: pids(running) }).toEqual({ missing: [102, 103], replaced: [102, 103, 104] });
});

test('scaling continues when a group does not change in time', async () => {
  const { fleet, running, runTimers } = fleetOfFakes(1, { settle: 'whenTold' });

  const scaled = fleet.scaleTo(3);
  await new Promise(setImmediate);
  runTimers();
  await new Promise(setImmediate);
  runTimers();
  await scaled;

  expect(pids(running)).toEqual([101, 102, 103]);
});

test('a lost poller is replaced, but not at once', () => {
  const { fleet, running, runTimers } = fleetOfFakes(2);

  const killed = fleet.kill(101);
  const missing = pids(running);
  runTimers();

  expect({ killed, missing, replaced: pids(running) }).toEqual({
    killed: true,
    missing: [102],
    replaced: [102, 103],
  });
});

test('a place that a new size fills at once has no replacement pending', () => {
  const { fleet, running, pendingTimers } = fleetOfFakes(2);
  fleet.kill(101);
  const pending = pendingTimers();

  fleet.resize(2);

  expect({ before: pending, after: pendingTimers(), running: pids(running) }).toStrictEqual({
    before: 1,
    after: 0,
    running: [102, 103],
  });
});

test('a lost poller is reported; one that was asked to leave is not, and has no successor', () => {
  const { fleet, running, lost, runTimers } = fleetOfFakes(3);

  fleet.kill(102);
  fleet.resize(1);
  runTimers();

  expect({ lost, running: pids(running) }).toStrictEqual({ lost: [102], running: [101] });
});

test('pollers that were let go are leaving until their open calls have ended', async () => {
  const { fleet, running } = fleetOfFakes(2, { leave: 'afterCall' });

  fleet.resize(0);
  const left = fleet.whenLeft();
  const during = { pollers: fleet.pollers, isLeaving: fleet.isLeaving };
  for (const poller of running.toReversed()) poller.endCall();
  await left;

  expect(during).toStrictEqual({ pollers: [], isLeaving: true });
  expect(fleet.isLeaving).toBe(false);
});

test('a fleet kills no poller that it does not have', () => {
  const { fleet, running } = fleetOfFakes(1);

  const killed = fleet.kill(999);

  expect({ killed, running: pids(running) }).toStrictEqual({ killed: false, running: [101] });
});
