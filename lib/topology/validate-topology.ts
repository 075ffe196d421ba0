import { partitionHistoryProblems } from './partition-history.ts';
import type { ConsumerSpec, TopicSpec, Topology } from './topology-types.ts';
import { outside } from './outside-range.ts';

/**
 * What is wrong with a topology, one sentence a problem; an empty list means that it can be deployed.
 *
 * The ranges are those of CreateEventSourceMapping for Kafka.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/msk-esm-parameters.html
 */
export function validateTopology(topology: Topology): readonly string[] {
  return [
    ...topicProblems(topology.topic),
    ...partitionHistoryProblems(topology.topic),
    ...topology.consumers.flatMap((consumer) => consumerProblems(consumer, topology.topic)),
    ...repeated(topology.consumers.map(({ name }) => name)).map(
      (name) => `consumers: "${name}" is named twice; give each consumer its own name.`,
    ),
    ...repeated(topology.consumers.map((consumer) => consumer.consumerGroupId)).map(
      (id) =>
        `consumers: "${id}" is the group of two consumers, so each would get only a share; use two groups.`,
    ),
  ];
}

function topicProblems(topic: TopicSpec): readonly string[] {
  return [
    ...outside('topic.partitions', topic.partitions, { minimum: 1, maximum: 10_000 }),
    ...outside('topic.replicationFactor', topic.replicationFactor, { minimum: 1, maximum: 15 }),
    ...outside('topic.minInSyncReplicas', topic.minInSyncReplicas, {
      minimum: 1,
      maximum: Math.max(1, topic.replicationFactor - 1),
    }),
    ...outside('topic.retentionHours', topic.retentionHours, { minimum: 1, maximum: 24 * 365 }),
    ...outside('topic.maxMessageBytes', topic.maxMessageBytes, { minimum: 1, maximum: 700_000 }),
  ];
}

function consumerProblems(consumer: ConsumerSpec, topic: TopicSpec): readonly string[] {
  const at = (field: string): string => `consumers.${consumer.name}.${field}`;
  const dedupeHours = hoursOf(consumer.dedupe);
  const neededHours = topic.retentionHours + consumer.deadLetterRetentionDays * 24;
  return [
    ...outside(at('batchSize'), consumer.batchSize, { minimum: 1, maximum: 10_000 }),
    ...outside(at('pace.runMilliseconds'), consumer.pace.runMilliseconds, { minimum: 1, maximum: 840_000 }),
    ...outside(at('pace.maxConcurrentRuns'), consumer.pace.maxConcurrentRuns, {
      minimum: 1,
      maximum: 10_000,
    }),
    ...outside(at('pace.maxRecordsPerRun'), consumer.pace.maxRecordsPerRun, { minimum: 1, maximum: 10_000 }),
    ...outside(at('pace.minRemainingMilliseconds'), consumer.pace.minRemainingMilliseconds, {
      minimum: 0,
      maximum: 840_000,
    }),
    ...outside(at('maxBatchingWindowSeconds'), consumer.maxBatchingWindowSeconds, {
      minimum: 0,
      maximum: 300,
    }),
    ...outside(at('retryAttempts'), consumer.retryAttempts, { minimum: 0, maximum: 10_000 }),
    ...outside(at('maxRecordAgeHours'), consumer.maxRecordAgeHours, { minimum: 1, maximum: 168 }),
    ...outside(at('functionTimeoutSeconds'), consumer.functionTimeoutSeconds, {
      minimum: 1,
      maximum: 14 * 60,
    }),
    ...outside(at('functionMemoryMegabytes'), consumer.functionMemoryMegabytes, {
      minimum: 128,
      maximum: 10_240,
    }),
    ...outside(at('deadLetterRetentionDays'), consumer.deadLetterRetentionDays, { minimum: 1, maximum: 14 }),
    ...(dedupeHours < neededHours
      ? [
          `${at('dedupe')} forgets after ${dedupeHours} h, but a record can come back for ${neededHours} h ` +
            `(topic retention + dead-letter retention); keep it at least that long.`,
        ]
      : []),
  ];
}

function hoursOf(dedupe: ConsumerSpec['dedupe']): number {
  return dedupe.kind === 'forEver' ? Number.POSITIVE_INFINITY : dedupe.afterDays * 24;
}

function repeated(values: readonly string[]): readonly string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
