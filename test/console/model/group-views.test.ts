import { expect, test } from '@jest/globals';
import { GroupViews, memberName } from '../../../console/model/group-views.ts';
import type { Overview } from '../../../console/model/views.ts';
import { aGroupReport, aLag, aMapping, memberIdOf, TOPIC } from '../builders.ts';

const cellsOf = ({ groups }: Overview) => groups[0]?.cells;
const owner = { memberId: memberIdOf('event-poller-1'), name: 'poller 1', color: 0 };
const numbers = { start: 0, end: 10, committed: 10, lag: 0, expired: 0 };

test('a settled group shows who reads each partition, and how far', () => {
  const views = new GroupViews(TOPIC);

  const overview = views.take({
    at: 5,
    groups: [aGroupReport({ lags: [aLag({ lag: 3 })] })],
    mappings: [aMapping()],
  });

  expect(overview).toEqual({
    at: 5,
    topic: TOPIC,
    partitions: [0],
    groups: [
      {
        groupId: 'billing-group',
        state: 'Stable',
        generation: 1,
        lag: 3,
        members: [{ memberId: owner.memberId, name: 'poller 1', color: 0, pid: 1, partitions: [0, 1, 2] }],
        cells: [{ partition: 0, status: 'read', owner, ...numbers, lag: 3 }],
        mapping: { functionName: 'billing', state: 'Enabled', lastResult: 'OK' },
      },
    ],
  });
});

test('rows stay in a rebalance, with the last owner and why it is moving', () => {
  const views = new GroupViews(TOPIC);
  views.take({ at: 1, groups: [aGroupReport({ lags: [aLag()] })], mappings: [] });

  const during = views.take({
    at: 2,
    groups: [
      aGroupReport({ state: 'PreparingRebalance', members: { 'event-poller-1': [] }, lags: [aLag()] }),
    ],
    mappings: [],
  });

  expect(cellsOf(during)).toEqual([
    { partition: 0, status: 'moving', reason: 'the group rebalances', owner, ...numbers },
  ]);
});

test('one partition that is not known leaves the others of its group as they are', () => {
  const views = new GroupViews(TOPIC);
  const unknown = { kind: 'unknown', reason: 'offsets-unavailable' } as const;
  views.take({ at: 1, groups: [aGroupReport({ lags: [aLag(), aLag()] })], mappings: [] });

  const overview = views.take({ at: 2, groups: [aGroupReport({ lags: [aLag(), unknown] })], mappings: [] });

  expect({ cells: cellsOf(overview), lag: overview.groups[0]?.lag }).toEqual({
    cells: [
      { partition: 0, status: 'read', owner, ...numbers },
      {
        partition: 1,
        status: 'unknown',
        reason: 'the broker did not tell where the partition ends',
        owner,
        start: 0,
        end: 10,
        committed: 10,
      },
    ],
    lag: undefined,
  });
});

test('a group that the brokers list no more keeps its rows, with the reason', () => {
  const views = new GroupViews(TOPIC);
  views.take({ at: 1, groups: [aGroupReport({ lags: [aLag()] })], mappings: [] });

  const overview = views.take({ at: 2, groups: [], mappings: [] });

  expect(overview.groups).toEqual([
    expect.objectContaining({
      groupId: 'billing-group',
      state: 'Unknown',
      members: [],
      cells: [{ partition: 0, status: 'unknown', reason: 'the broker lists this group no more', ...numbers }],
    }),
  ]);
});

test('a group of another topic is not shown', () => {
  const views = new GroupViews(TOPIC);

  const overview = views.take({ at: 1, groups: [aGroupReport({ topic: 'other' })], mappings: [] });

  expect(overview.groups).toEqual([]);
});

test('a sample that failed keeps what was known and says why', () => {
  const views = new GroupViews(TOPIC);
  const before = views.take({ at: 1, groups: [aGroupReport()], mappings: [] });

  const overview = views.fail(2, 'no answer');

  expect(overview).toEqual({ ...before, at: 2, problem: 'no answer' });
});

test('a member keeps its colour while others come and go', () => {
  const views = new GroupViews(TOPIC);
  const colors = (members: readonly string[]) =>
    views
      .take({
        at: 1,
        groups: [aGroupReport({ members: Object.fromEntries(members.map((name) => [name, []])) })],
        mappings: [],
      })
      .groups[0]?.members.map(({ name, color }) => `${name} ${color}`);

  expect([colors(['a', 'b', 'c']), colors(['b', 'c']), colors(['b', 'c', 'd'])]).toEqual([
    ['a 0', 'b 1', 'c 2'],
    ['b 1', 'c 2'],
    ['b 1', 'c 2', 'd 0'],
  ]);
});

test.each([
  ['event-poller-4711', 'poller 4711'],
  [memberIdOf('event-poller-4711'), 'poller 4711'],
  [memberIdOf('rdkafka'), 'rdkafka'],
  ['my-client', 'my-client'],
])('%s is called %s', (id, name) => {
  expect(memberName(id)).toBe(name);
});
