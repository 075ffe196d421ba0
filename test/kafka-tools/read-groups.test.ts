import { describe, expect, test } from '@jest/globals';
import { AssignerProtocol, type GroupDescription } from 'kafkajs';
import { groupReports, type GroupAdmin } from '../../kafka-tools/read-groups.ts';

const assignment = AssignerProtocol.MemberAssignment.encode({
  version: 0,
  assignment: { orders: [1, 0] },
  userData: Buffer.alloc(0),
});
const metadata = AssignerProtocol.MemberMetadata.encode({
  version: 0,
  topics: ['orders'],
  userData: Buffer.alloc(0),
});

function aDescription(overrides: Partial<GroupDescription> = {}): GroupDescription {
  return {
    groupId: 'billing-group',
    protocol: 'range',
    protocolType: 'consumer',
    state: 'Stable',
    members: [
      {
        memberId: 'poller-1',
        clientId: 'poller',
        clientHost: '/127.0.0.1',
        memberAssignment: assignment,
        memberMetadata: metadata,
      },
    ],
    ...overrides,
  };
}

/** A broker with one topic of two partitions that hold ten records each. */
function aBroker(descriptions: readonly GroupDescription[], overrides: Partial<GroupAdmin> = {}): GroupAdmin {
  return {
    listGroups: () =>
      Promise.resolve({
        groups: descriptions.map(({ groupId, protocolType }) => ({ groupId, protocolType })),
      }),
    describeGroups: () => Promise.resolve({ groups: [...descriptions] }),
    fetchOffsets: () =>
      Promise.resolve([
        {
          topic: 'orders',
          partitions: [
            { partition: 0, offset: '4', metadata: null },
            { partition: 1, offset: '-1', metadata: null },
          ],
        },
      ]),
    listTopics: () => Promise.resolve(['orders']),
    fetchTopicOffsets: () =>
      Promise.resolve([
        { partition: 0, offset: '10', high: '10', low: '0' },
        { partition: 1, offset: '10', high: '10', low: '0' },
      ]),
    ...overrides,
  };
}

describe('the groups on a broker', () => {
  test('are described with members, assignments, commits and offsets', async () => {
    const broker = aBroker([aDescription()]);

    const reports = await groupReports(broker);

    expect(reports).toEqual([
      {
        groupId: 'billing-group',
        state: 'Stable',
        lag: { kind: 'known', lag: 16 },
        members: [
          {
            memberId: 'poller-1',
            clientId: 'poller',
            host: '127.0.0.1',
            partitions: [{ topic: 'orders', partitions: [0, 1] }],
          },
        ],
        partitions: [
          {
            topic: 'orders',
            partition: 0,
            memberId: 'poller-1',
            lag: { kind: 'known', lag: 6, expired: 0, committed: 4, start: 0, end: 10 },
          },
          {
            topic: 'orders',
            partition: 1,
            memberId: 'poller-1',
            lag: { kind: 'known', lag: 10, expired: 0, committed: undefined, start: 0, end: 10 },
          },
        ],
      },
    ]);
  });

  test('are none on a fresh broker', async () => {
    const reports = await groupReports(aBroker([]));

    expect(reports).toEqual([]);
  });

  test('are in alphabetical order', async () => {
    const broker = aBroker([aDescription({ groupId: 'b' }), aDescription({ groupId: 'a' })]);

    const reports = await groupReports(broker);

    expect(reports.map(({ groupId }) => groupId)).toEqual(['a', 'b']);
  });

  test('have members without partitions while they rebalance', async () => {
    const [member] = aDescription().members;
    const rebalancing = { ...member, memberId: 'p', clientId: 'p', clientHost: '/h' };
    const broker = aBroker([
      aDescription({
        state: 'PreparingRebalance',
        members: [{ ...rebalancing, memberAssignment: Buffer.alloc(0), memberMetadata: Buffer.alloc(0) }],
      }),
    ]);

    const [report] = await groupReports(broker);

    expect(report?.members).toEqual([{ memberId: 'p', clientId: 'p', host: 'h', partitions: [] }]);
  });

  test('are not read as consumers when they speak another protocol', async () => {
    const [member] = aDescription().members;
    const worker = { ...member, memberId: 'w', clientId: 'w', clientHost: '/h' };
    const broker = aBroker(
      [
        aDescription({
          protocolType: 'connect',
          members: [
            { ...worker, memberAssignment: Buffer.from('not ours'), memberMetadata: Buffer.from('not ours') },
          ],
        }),
      ],
      { fetchOffsets: () => Promise.resolve([]) },
    );

    const [report] = await groupReports(broker);

    expect(report).toMatchObject({
      members: [{ memberId: 'w', clientId: 'w', host: 'h', partitions: [] }],
      partitions: [],
    });
  });

  test.each<{ story: string; broken: Partial<GroupAdmin>; reason: string }>([
    {
      story: 'commits cannot be read',
      broken: { fetchOffsets: () => Promise.reject(new Error('coordinator is loading')) },
      reason: 'commits-unavailable',
    },
    {
      story: 'their topic is deleted',
      broken: { listTopics: () => Promise.resolve([]) },
      reason: 'topic-gone',
    },
    {
      story: "the topic's offsets cannot be read",
      broken: { fetchTopicOffsets: () => Promise.reject(new Error('no leader')) },
      reason: 'offsets-unavailable',
    },
  ])('have an unknown lag, and say why, when $story', async ({ broken, reason }) => {
    const broker = aBroker([aDescription()], broken);

    const [report] = await groupReports(broker);

    expect(report?.lag).toEqual({ kind: 'unknown', atLeast: 0, reasons: [reason] });
  });
});

test('a partition that cannot be read hides no other', async () => {
  const broker = aBroker([aDescription()], {
    fetchTopicOffsets: () => Promise.reject(new Error('NOT_LEADER_FOR_PARTITION')),
  });
  const ranges = new Map([
    [0, { start: 0, end: 10 }],
    [1, undefined],
  ]);

  const [report] = await groupReports(broker, () => Promise.resolve(ranges));

  expect(report?.partitions.map(({ partition, memberId, lag }) => ({ partition, memberId, lag }))).toEqual([
    {
      partition: 0,
      memberId: 'poller-1',
      lag: { kind: 'known', lag: 6, expired: 0, committed: 4, start: 0, end: 10 },
    },
    { partition: 1, memberId: 'poller-1', lag: { kind: 'unknown', reason: 'offsets-unavailable' } },
  ]);
});
