import { expect, test } from '@jest/globals';
import type { ClusterMetadata } from '@platformatic/kafka';
import { TopicGrowth } from '../../../../../local/event-source-mapping/poller/consumer/topic-growth.ts';

function clusterWith(partitions: number): ClusterMetadata {
  const topic = { id: 'id', partitions: [], partitionsCount: partitions, lastUpdate: 0 };
  return {
    id: 'cluster',
    brokers: new Map(),
    controllerId: 0,
    topics: new Map([['orders', topic]]),
    lastUpdate: 0,
  };
}

/** A member that joined and, if it leads others, assigned the partitions of such a topic. */
function joined(member: {
  readonly isLeader: boolean;
  readonly partitions: readonly number[];
  readonly assigned?: number;
}): TopicGrowth {
  const growth = new TopicGrowth('orders');
  if (member.assigned !== undefined) {
    growth.watching(() => [])('m', new Map(), new Set(['orders']), clusterWith(member.assigned));
  }
  growth.joined(member);
  return growth;
}

test('a leader hears once that its topic has more partitions than it has assigned', () => {
  const growth = joined({ isLeader: true, partitions: [0], assigned: 2 });

  const news = [2, 3, 3].map((partitions) => growth.isNews(clusterWith(partitions)));

  expect(news).toEqual([false, true, false]);
});

test('a member that is alone was assigned all partitions', () => {
  const growth = joined({ isLeader: true, partitions: [0, 1] });

  const news = [2, 3].map((partitions) => growth.isNews(clusterWith(partitions)));

  expect(news).toEqual([false, true]);
});

test('a leader whose members have left assigned all partitions to itself', () => {
  const growth = joined({ isLeader: true, partitions: [0], assigned: 2 });

  growth.joined({ isLeader: true, partitions: [0, 1, 2] });
  const news = growth.isNews(clusterWith(3));

  expect(news).toBe(false);
});

test('a member that does not lead leaves it to the leader', () => {
  const growth = joined({ isLeader: false, partitions: [0] });

  const news = growth.isNews(clusterWith(3));

  expect(news).toBe(false);
});

test("no growth is detected before the topic's metadata is known", () => {
  const growth = joined({ isLeader: true, partitions: [0] });

  const news = growth.isNews(undefined);

  expect(news).toBe(false);
});

test("the assignment is the assignor's", () => {
  const assignments = [{ memberId: 'm', assignments: new Map() }];
  const growth = new TopicGrowth('orders');

  const assigned = growth.watching(() => assignments)('m', new Map(), new Set(), clusterWith(1));

  expect(assigned).toBe(assignments);
});
