import { expect, test } from '@jest/globals';
import {
  assignRanges,
  type GroupSubscriptions,
} from '../../../../../local/event-source-mapping/poller/consumer/range-assigner.ts';

/** Members that all subscribe to one topic. */
function subscribed(members: readonly string[], partitions: number): GroupSubscriptions {
  return {
    topicsByMember: new Map(members.map((member) => [member, ['orders']])),
    partitionCounts: new Map([['orders', partitions]]),
  };
}

/** Each member's partitions by topic, as plain objects. */
function assigned(subscriptions: GroupSubscriptions): Record<string, Record<string, readonly number[]>> {
  return Object.fromEntries(
    [...assignRanges(subscriptions)].map(([member, byTopic]) => [member, Object.fromEntries(byTopic)]),
  );
}

test.each([
  { rule: 'one member reads all', members: ['a'], partitions: 3, expected: { a: [0, 1, 2] } },
  {
    rule: 'members get consecutive ranges in the order of their ids',
    members: ['b', 'a'],
    partitions: 6,
    expected: { a: [0, 1, 2], b: [3, 4, 5] },
  },
  {
    rule: 'the first members take the rest of the division',
    members: ['a', 'b', 'c', 'd'],
    partitions: 6,
    expected: { a: [0, 1], b: [2, 3], c: [4], d: [5] },
  },
  {
    rule: 'a member too many stays idle',
    members: ['a', 'b', 'c'],
    partitions: 2,
    expected: { a: [0], b: [1], c: [] },
  },
])('$rule', ({ members, partitions, expected }) => {
  const ranges = assigned(subscribed(members, partitions));

  expect(ranges).toEqual(
    Object.fromEntries(Object.entries(expected).map(([member, orders]) => [member, { orders }])),
  );
});

test('a topic is shared by its subscribers only', () => {
  const ranges = assigned({
    topicsByMember: new Map([
      ['a', ['orders', 'refunds']],
      ['b', ['refunds']],
    ]),
    partitionCounts: new Map([
      ['orders', 2],
      ['refunds', 2],
    ]),
  });

  expect(ranges).toEqual({ a: { orders: [0, 1], refunds: [0] }, b: { orders: [], refunds: [1] } });
});
