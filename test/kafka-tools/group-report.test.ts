import { describe, expect, test } from '@jest/globals';
import {
  groupReport,
  type DescribedGroup,
  type DescribedMember,
  type TopicOffsets,
} from '../../kafka-tools/group-report.ts';

function aMember(overrides: Partial<DescribedMember> = {}): DescribedMember {
  return {
    memberId: 'm-1',
    clientId: 'm',
    host: '127.0.0.1',
    subscribed: ['orders'],
    assigned: [{ topic: 'orders', partitions: [0, 1] }],
    ...overrides,
  };
}

function aGroup(overrides: Partial<DescribedGroup> = {}): DescribedGroup {
  return {
    groupId: 'group',
    state: 'Stable',
    members: [aMember()],
    committed: new Map([['orders', new Map([[0, 5]])]]),
    ...overrides,
  };
}

const twoPartitions: TopicOffsets = {
  kind: 'known',
  ranges: new Map([
    [1, { start: 2, end: 4 }],
    [0, { start: 0, end: 8 }],
  ]),
};

describe('the report of a group', () => {
  test('shows the reader and the offsets of each partition', () => {
    const report = groupReport(aGroup(), () => twoPartitions);

    expect(report).toEqual({
      groupId: 'group',
      state: 'Stable',
      lag: { kind: 'known', lag: 5 },
      members: [
        {
          memberId: 'm-1',
          clientId: 'm',
          host: '127.0.0.1',
          partitions: [{ topic: 'orders', partitions: [0, 1] }],
        },
      ],
      partitions: [
        {
          topic: 'orders',
          partition: 0,
          memberId: 'm-1',
          lag: { kind: 'known', lag: 3, expired: 0, committed: 5, start: 0, end: 8 },
        },
        {
          topic: 'orders',
          partition: 1,
          memberId: 'm-1',
          lag: { kind: 'known', lag: 2, expired: 0, committed: undefined, start: 2, end: 4 },
        },
      ],
    });
  });

  test('shows the offsets of an empty group, without a reader', () => {
    const report = groupReport(aGroup({ state: 'Empty', members: [] }), () => twoPartitions);

    expect(report.partitions.map(({ partition, memberId }) => ({ partition, memberId }))).toEqual([
      { partition: 0, memberId: undefined },
      { partition: 1, memberId: undefined },
    ]);
    expect(report.lag).toEqual({ kind: 'known', lag: 5 });
  });

  test('shows the partitions of a topic that its members asked for, while none is assigned', () => {
    const group = aGroup({ committed: new Map(), members: [aMember({ assigned: [] })] });

    const report = groupReport(group, () => twoPartitions);

    expect(report.partitions.map(({ partition, memberId }) => ({ partition, memberId }))).toEqual([
      { partition: 0, memberId: undefined },
      { partition: 1, memberId: undefined },
    ]);
  });

  test('says that commits cannot be read, instead of taking them for none', () => {
    const report = groupReport(aGroup({ committed: undefined }), () => twoPartitions);

    expect(report.lag).toEqual({ kind: 'unknown', atLeast: 0, reasons: ['commits-unavailable'] });
  });

  test('keeps the known partitions when their topic is deleted', () => {
    const group = aGroup({ members: [aMember({ assigned: [{ topic: 'orders', partitions: [3] }] })] });

    const report = groupReport(group, () => ({ kind: 'unknown', reason: 'topic-gone' }));

    expect(report.partitions).toEqual([
      { topic: 'orders', partition: 0, memberId: undefined, lag: { kind: 'unknown', reason: 'topic-gone' } },
      { topic: 'orders', partition: 3, memberId: 'm-1', lag: { kind: 'unknown', reason: 'topic-gone' } },
    ]);
  });

  test('lists members in the order of their ids, and an idle one with no partitions', () => {
    const members = [aMember({ memberId: 'm-2', assigned: [] }), aMember({ memberId: 'm-1' })];

    const report = groupReport(aGroup({ members }), () => twoPartitions);

    expect(report.members.map(({ memberId, partitions }) => ({ memberId, partitions }))).toEqual([
      { memberId: 'm-1', partitions: [{ topic: 'orders', partitions: [0, 1] }] },
      { memberId: 'm-2', partitions: [] },
    ]);
  });
});
