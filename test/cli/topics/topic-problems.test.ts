import { expect, test } from '@jest/globals';
import type { TopicDescription } from '@order-events/kafka-tools';
import { expectedTopic, topicProblems } from '../../../cli/topics/topic-problems.ts';
import { topology } from '../../../lib/topology/topology.ts';

const settings = { 'cleanup.policy': 'delete', 'max.message.bytes': '700000', 'retention.ms': '604800000' };

const onAws: TopicDescription = { partitions: 6, replicas: 3, settings };

test.each<{ story: string; where: 'local' | 'aws'; topic: TopicDescription; problems: readonly string[] }>([
  { story: 'a topic as it was deployed', where: 'aws', topic: onAws, problems: [] },
  {
    story: 'a local topic, on one broker',
    where: 'local',
    topic: { partitions: 6, replicas: 1, settings: { ...settings, 'min.insync.replicas': '1' } },
    problems: [],
  },
  {
    story: 'a topic in two zones of a cluster of somebody else',
    where: 'aws',
    topic: { ...onAws, replicas: 2, settings: { ...settings, 'min.insync.replicas': '1' } },
    problems: [],
  },
  {
    story: 'a topic whose settings MSK did not understand',
    where: 'aws',
    topic: { ...onAws, settings: {} },
    problems: [
      'cleanup.policy: nothing instead of delete',
      'max.message.bytes: nothing instead of 700000',
      'retention.ms: nothing instead of 604800000',
    ],
  },
  {
    story: 'a topic that was changed by hand',
    where: 'aws',
    topic: {
      partitions: 8,
      replicas: 1,
      settings: { ...settings, 'retention.ms': '3600000', 'min.insync.replicas': '2' },
    },
    problems: [
      'partitions: 8 instead of 6',
      'replicas: 1 instead of 2 to 3',
      'retention.ms: 3600000 instead of 604800000',
      'min.insync.replicas: 2 instead of 1',
    ],
  },
])('$story is compared with the topology', ({ where, topic, problems }) => {
  expect(topicProblems(expectedTopic(topology.topic, where), topic)).toEqual(problems);
});
