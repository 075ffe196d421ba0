import { expect, test } from '@jest/globals';
import { remember, sampleOf, type Sample } from '../../doctor/sample.ts';
import { aGroup, aPartition, aPoller } from './a-stage.ts';

const HOUR_MS = 3_600_000;
const reading = (at: number): Sample => ({ at, groups: [] });

test('a reading keeps members and offsets of the groups of the topic, and nothing of others', () => {
  const members = [aPoller([0])];
  const groups = [
    aGroup({
      members,
      partitions: [
        aPartition({ partition: 0, members, committed: 7, end: 9 }),
        aPartition({ partition: 1, committed: 'none', end: 2 }),
        {
          topic: 'order-events',
          partition: 2,
          memberId: undefined,
          lag: { kind: 'unknown', reason: 'topic-gone' },
        },
      ],
    }),
    aGroup({ groupId: 'elsewhere', partitions: [{ ...aPartition({}), topic: 'other' }] }),
  ];

  const sample = sampleOf(groups, 'order-events', 5);

  expect(sample).toEqual({
    at: 5,
    groups: [
      {
        groupId: 'billing-group',
        state: 'Stable',
        members: ['event-poller-1-member'],
        partitions: [
          { partition: 0, committed: 7, end: 9, owner: 'event-poller-1-member' },
          { partition: 1, end: 2 },
        ],
      },
    ],
  });
});

test('readings are kept for an hour', () => {
  const kept = remember([reading(0), reading(1), reading(10)], reading(HOUR_MS + 1));

  expect(kept.map(({ at }) => at)).toEqual([1, 10, HOUR_MS + 1]);
});

test('of many readings in a row the newest 120 are kept', () => {
  const many = Array.from({ length: 300 }, (_, at) => reading(at));

  const kept = remember(many, reading(300));

  expect([kept.length, kept[0]?.at]).toEqual([120, 181]);
});
