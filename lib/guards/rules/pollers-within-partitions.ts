import { knownValue } from '../fact.ts';
import { unanswered } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { topicReadBy } from '../topic-facts.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html */
export const pollersWithinPartitions: Guard = {
  id: 'pollers-within-partitions',
  rule: 'A mapping has no more pollers than its topic has partitions.',
  check: ({ mappings, topics }) =>
    mappings.flatMap(({ resource, pollers, topic }) => {
      const partitions = topicReadBy(topic, topics)?.partitions;
      if (pollers.kind === 'absent' || partitions === undefined) return [];
      const maximum = pollers.kind === 'known' ? knownValue(pollers.value.maximum) : undefined;
      if (maximum === undefined) return unanswered(resource, 'ProvisionedPollerConfig.MaximumPollers');
      return maximum <= partitions
        ? []
        : [
            {
              resource,
              property: 'ProvisionedPollerConfig.MaximumPollers',
              problem: `is ${maximum}, but the topic has ${partitions} partitions: the others would be idle`,
              fix: `Set MaximumPollers to at most ${partitions}.`,
            },
          ];
    }),
};
