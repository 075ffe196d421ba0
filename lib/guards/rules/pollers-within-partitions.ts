import type { Guard } from '../guard.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-scaling-modes.html */
export const pollersWithinPartitions: Guard = {
  id: 'pollers-within-partitions',
  rule: 'A mapping has no more pollers than its topic has partitions.',
  check: ({ mappings, topics }) =>
    mappings.flatMap(({ resource, pollers, topic: name }) => {
      const partitions = topics.find((topic) => topic.name === name)?.partitions;
      return pollers === undefined || partitions === undefined || pollers.maximum <= partitions
        ? []
        : [
            {
              resource,
              property: 'ProvisionedPollerConfig.MaximumPollers',
              problem: `is ${pollers.maximum}, but the topic has ${partitions} partitions: the others would be idle`,
              fix: `Set MaximumPollers to at most ${partitions}.`,
            },
          ];
    }),
};
