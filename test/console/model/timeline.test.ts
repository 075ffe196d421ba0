import { expect, test } from '@jest/globals';
import { GroupViews } from '../../../console/model/group-views.ts';
import { Timeline } from '../../../console/model/timeline.ts';
import { aGroupReport, aMapping, memberIdOf, TOPIC } from '../builders.ts';

const ofGroup = { groupId: 'billing-group' };
const poller = (pid: number): string => memberIdOf(`event-poller-${pid}`);

/** A timeline whose samples see who reads the three partitions. */
function aTimeline({ hasLog = true } = {}) {
  const timeline = new Timeline({ hasLog });
  const views = new GroupViews(TOPIC);
  return {
    timeline,
    see: (at: number, members: Readonly<Record<string, readonly number[]>>, state = 'Stable') =>
      timeline.observe(
        views.take({
          at,
          groups: [aGroupReport({ members, state })],
          mappings: [aMapping({ generationId: at })],
        }),
      ),
  };
}

test('a dead member: the cause, what moved from whom to whom, and how long nobody read it', () => {
  const { timeline, see } = aTimeline();
  see(1_000, { 'event-poller-1': [0, 1], 'event-poller-2': [2] });
  timeline.note({ ...ofGroup, at: 2_000, kind: 'gone', pid: 2 });
  timeline.note({
    ...ofGroup,
    at: 8_000,
    kind: 'preparing',
    oldGeneration: 4,
    cause: { kind: 'timeout', member: poller(2) },
  });
  timeline.note({ ...ofGroup, at: 8_900, kind: 'stabilized', generation: 5, members: 1 });
  timeline.note({ ...ofGroup, at: 9_000, kind: 'assigned', generation: 5 });

  see(10_000, { 'event-poller-1': [0, 1, 2] });

  expect(timeline.list()).toEqual([
    {
      id: 'billing-group/4/8000',
      ...ofGroup,
      generation: 5,
      startedAt: 8_000,
      endedAt: 9_000,
      members: 1,
      causes: [{ kind: 'timeout', member: 'poller 2' }],
      moves: [{ partitions: [2], from: 'poller 2', to: 'poller 1', unreadMs: 7_000 }],
    },
  ]);
});

test('members that join one rebalance are named once each', () => {
  const { timeline } = aTimeline();
  const join = (pid: number) => ({ kind: 'join', member: poller(pid) }) as const;
  timeline.note({ ...ofGroup, at: 1, kind: 'preparing', oldGeneration: 1, cause: join(2) });
  timeline.note({ ...ofGroup, at: 2, kind: 'joining', member: poller(3) });
  timeline.note({ ...ofGroup, at: 3, kind: 'preparing', oldGeneration: 1, cause: join(3) });

  expect(timeline.list().map(({ causes, endedAt }) => ({ causes, endedAt }))).toEqual([
    {
      causes: [
        { kind: 'join', member: 'poller 2' },
        { kind: 'join', member: 'poller 3' },
      ],
      endedAt: undefined,
    },
  ]);
});

test('a sample from within a rebalance says nothing of its outcome', () => {
  const { timeline, see } = aTimeline();
  see(1_000, { 'event-poller-1': [0, 1, 2] });
  timeline.note({
    ...ofGroup,
    at: 2_000,
    kind: 'preparing',
    oldGeneration: 1,
    cause: { kind: 'join', member: poller(2) },
  });
  see(2_100, { 'event-poller-1': [0, 1, 2] });
  timeline.note({ ...ofGroup, at: 2_200, kind: 'stabilized', generation: 2, members: 2 });
  timeline.note({ ...ofGroup, at: 2_300, kind: 'assigned', generation: 2 });
  see(2_250, { 'event-poller-1': [0, 1, 2] });
  const before = timeline.list()[0]?.moves;

  see(3_000, { 'event-poller-1': [0, 1], 'event-poller-2': [2] });

  expect([before, timeline.list()[0]?.moves]).toEqual([
    undefined,
    [{ partitions: [2], from: 'poller 1', to: 'poller 2', unreadMs: 300 }],
  ]);
});

test('a group that the last member left is settled at once', () => {
  const { timeline } = aTimeline();
  timeline.note({
    ...ofGroup,
    at: 1,
    kind: 'preparing',
    oldGeneration: 1,
    cause: { kind: 'leave', member: poller(1) },
  });
  timeline.note({ ...ofGroup, at: 2, kind: 'stabilized', generation: 2, members: 0 });

  expect(timeline.list()).toEqual([expect.objectContaining({ endedAt: 2, members: 0, generation: 2 })]);
});

test('without a log the samples tell of a rebalance, and its cause is unknown', () => {
  const { timeline, see } = aTimeline({ hasLog: false });
  see(1_000, { 'event-poller-1': [0, 1, 2] });

  see(2_000, { 'event-poller-1': [0, 1], 'event-poller-2': [2] });

  expect(timeline.list()).toEqual([
    {
      id: 'billing-group/seen/2000',
      ...ofGroup,
      generation: 2_000,
      startedAt: 1_000,
      endedAt: 2_000,
      members: 2,
      causes: [{ kind: 'unknown', reason: 'the log of the broker says nothing of it' }],
      moves: [{ partitions: [2], from: 'poller 1', to: 'poller 2', unreadMs: 1_000 }],
    },
  ]);
});

test('a sample is awaited after the last rebalance of a group, and not for those that the next one overtook', () => {
  const { timeline, see } = aTimeline();
  const rebalance = (at: number, generation: number, member: number): void => {
    const cause = { kind: 'join', member: poller(member) } as const;
    timeline.note({ ...ofGroup, at, kind: 'preparing', oldGeneration: generation - 1, cause });
    timeline.note({ ...ofGroup, at: at + 1, kind: 'assigned', generation });
  };
  see(1_000, { 'event-poller-1': [0, 1, 2] });
  const before = timeline.awaitsSample;
  rebalance(2_000, 2, 2);
  rebalance(2_100, 3, 3);
  const between = timeline.awaitsSample;

  see(3_000, { 'event-poller-1': [0], 'event-poller-2': [1], 'event-poller-3': [2] });

  expect({
    awaited: [before, between, timeline.awaitsSample],
    moves: timeline.list().map(({ moves }) => moves?.length),
  }).toEqual({ awaited: [false, true, false], moves: [2, undefined] });
});
