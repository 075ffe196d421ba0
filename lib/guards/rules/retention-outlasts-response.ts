import { knownValue } from '../fact.ts';
import { unanswered } from '../guard.ts';
import type { Guard } from '../guard.ts';
import { topicReadBy } from '../topic-facts.ts';

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html */
export const retentionOutlastsResponse: Guard = {
  id: 'retention-outlasts-response',
  rule: 'A topic keeps its records until a failed batch is redriven.',
  check: ({ mappings, topics }, { responseTimeHours }) =>
    mappings.flatMap(({ resource, destination, maxAgeSeconds: maxAge, topic }) => {
      const retention = topicReadBy(topic, topics)?.retentionHours;
      if (destination.kind !== 'pointer' || retention === undefined) return [];
      if (maxAge.kind === 'unknown') return unanswered(resource, 'MaximumRecordAgeInSeconds');
      const maxAgeSeconds = knownValue(maxAge);
      const needed = (maxAgeSeconds ?? Number.POSITIVE_INFINITY) / 3600 + responseTimeHours;
      return needed <= retention
        ? []
        : [
            {
              resource,
              property: 'MaximumRecordAgeInSeconds',
              problem:
                `is ${maxAgeSeconds ?? 'infinite'}; with ${responseTimeHours} h to respond that is longer than the ` +
                `topic's ${retention} h: the failed batch would point to deleted records`,
              fix: 'Lower the record age, keep records longer, or send failed records to S3 or Kafka, which carry them.',
            },
          ];
    }),
};
