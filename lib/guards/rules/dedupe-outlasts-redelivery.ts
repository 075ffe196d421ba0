import type { Guard, KafkaFacts, Promises } from '../guard.ts';
import type { MappingFacts } from '../mapping-facts.ts';
import { numberAt } from '../json-access.ts';
import { topicReadBy } from '../topic-facts.ts';

/** SQS's default: https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html */
const DEFAULT_QUEUE_RETENTION_SECONDS = 345_600;

export const dedupeOutlastsRedelivery: Guard = {
  id: 'dedupe-outlasts-redelivery',
  rule: 'A consumer remembers what it has done for as long as a record can come back.',
  check: (facts, promises) =>
    facts.mappings.flatMap((mapping) => {
      const lifetime = lifetimeDays(mapping, promises);
      const needed = redeliveryDays(mapping, facts);
      return lifetime === undefined ||
        needed === undefined ||
        lifetime >= needed ||
        mapping.function === undefined
        ? []
        : [
            {
              resource: mapping.function,
              property: `Environment.${promises.itemLifetimeVariable ?? ''}`,
              problem: `is ${lifetime} days; a record can come back for ${needed} days (topic and dead-letter queue)`,
              fix: `Set it to at least ${Math.ceil(needed)}.`,
            },
          ];
    }),
};

function lifetimeDays(mapping: MappingFacts, { itemLifetimeVariable }: Promises): number | undefined {
  return itemLifetimeVariable === undefined
    ? undefined
    : numberAt(mapping.function?.properties, 'Environment', 'Variables', itemLifetimeVariable);
}

function redeliveryDays({ destination, topic }: MappingFacts, { topics }: KafkaFacts): number | undefined {
  const retentionHours = topicReadBy(topic, topics)?.retentionHours;
  if (retentionHours === undefined) return undefined;
  const queue = destination.kind === 'pointer' ? destination.queue : undefined;
  const queueSeconds =
    queue === undefined
      ? 0
      : (numberAt(queue.properties, 'MessageRetentionPeriod') ?? DEFAULT_QUEUE_RETENTION_SECONDS);
  return retentionHours / 24 + queueSeconds / 86_400;
}
