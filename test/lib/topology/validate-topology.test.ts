import { existsSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { NO_FEWER_PARTITIONS } from '../../../lib/topology/partition-growth.ts';
import { topology } from '../../../lib/topology/topology.ts';
import type { ConsumerSpec, TopicSpec } from '../../../lib/topology/topology-types.ts';
import { validateTopology } from '../../../lib/topology/validate-topology.ts';

const pace = { runMilliseconds: 1, maxConcurrentRuns: 1, maxRecordsPerRun: 1, minRemainingMilliseconds: 0 };

test('the project deploys what its own rules allow', () => {
  expect(validateTopology(topology)).toEqual([]);
});

test('every group, name and limit that other parts rely on', () => {
  expect({
    topic: [topology.topic.name, topology.topic.partitions, topology.topic.maxMessageBytes],
    groups: topology.consumers.map((consumer) => [consumer.name, consumer.consumerGroupId]),
  }).toEqual({
    topic: ['order-events', 6, 700_000],
    groups: [
      ['billing', 'billing-group'],
      ['inventory', 'inventory-group'],
      ['notifications', 'notification-group'],
    ],
  });
});

test.each(topology.consumers.map(({ handlerEntry }) => handlerEntry))('%s exists', (handlerEntry) => {
  expect(existsSync(handlerEntry)).toBe(true);
});

describe('a topic', () => {
  test.each<{ change: Partial<TopicSpec>; says: string }>([
    {
      change: { replicationFactor: 0, minInSyncReplicas: 1 },
      says: 'topic.replicationFactor is 0; allowed is a whole number from 1 to 15.',
    },
    {
      change: { minInSyncReplicas: 3 },
      says: 'topic.minInSyncReplicas is 3; allowed is a whole number from 1 to 2.',
    },
    {
      change: { retentionHours: 0.5 },
      says: 'topic.retentionHours is 0.5; allowed is a whole number from 1 to 8760.',
    },
    {
      change: { maxMessageBytes: 1_048_576 },
      says: 'topic.maxMessageBytes is 1048576; allowed is a whole number from 1 to 700000.',
    },
    {
      change: { partitions: 3 },
      says: `topic.partitions goes from 6 to 3: ${NO_FEWER_PARTITIONS}`,
    },
    {
      change: { partitions: 12 },
      says:
        'topic.partitions is 12, but its history ends at 6: 50 % of the keys move to another partition. ' +
        'Write the migration down and add it to topic.partitionHistory.',
    },
    {
      change: { partitionHistory: [] },
      says: 'topic.partitionHistory must begin with an entry of kind "created".',
    },
    {
      change: {
        partitions: 12,
        partitionHistory: [
          { kind: 'created', partitions: 6 },
          { kind: 'grown', partitions: 12, migration: ' ' },
        ],
      },
      says:
        'topic.partitionHistory grows to 12 without a migration: 50 % of the keys move to another partition. ' +
        'Name the document that says how order is kept.',
    },
    {
      change: {
        partitionHistory: [
          { kind: 'created', partitions: 8 },
          { kind: 'grown', partitions: 6, migration: 'docs/migration.md' },
        ],
      },
      says: `topic.partitions goes from 8 to 6: ${NO_FEWER_PARTITIONS}`,
    },
    {
      change: {
        partitionHistory: [
          { kind: 'created', partitions: 3 },
          { kind: 'created', partitions: 6 },
        ],
      },
      says: 'topic.partitionHistory has a second entry of kind "created".',
    },
  ])('is refused: $says', ({ change, says }) => {
    expect(validateTopology({ ...topology, topic: { ...topology.topic, ...change } })).toEqual([says]);
  });

  test('may grow by a written migration', () => {
    const grown: TopicSpec = {
      ...topology.topic,
      partitions: 12,
      partitionHistory: [
        { kind: 'created', partitions: 6 },
        { kind: 'grown', partitions: 12, migration: 'docs/migration.md' },
      ],
    };

    expect(validateTopology({ ...topology, topic: grown })).toEqual([]);
  });
});

describe('a consumer', () => {
  const [billing, ...others] = topology.consumers;

  test.each<{ change: Partial<ConsumerSpec>; says: string }>([
    {
      change: { batchSize: 10_001 },
      says: 'consumers.billing.batchSize is 10001; allowed is a whole number from 1 to 10000.',
    },
    {
      change: { maxBatchingWindowSeconds: 301 },
      says: 'consumers.billing.maxBatchingWindowSeconds is 301; allowed is a whole number from 0 to 300.',
    },
    {
      change: { retryAttempts: -1 },
      says: 'consumers.billing.retryAttempts is -1; allowed is a whole number from 0 to 10000.',
    },
    {
      change: { maxRecordAgeHours: 169 },
      says: 'consumers.billing.maxRecordAgeHours is 169; allowed is a whole number from 1 to 168.',
    },
    {
      change: { functionTimeoutSeconds: 900 },
      says: 'consumers.billing.functionTimeoutSeconds is 900; allowed is a whole number from 1 to 840.',
    },
    {
      change: { functionMemoryMegabytes: 64 },
      says: 'consumers.billing.functionMemoryMegabytes is 64; allowed is a whole number from 128 to 10240.',
    },
    {
      change: { deadLetterRetentionDays: 15 },
      says: 'consumers.billing.deadLetterRetentionDays is 15; allowed is a whole number from 1 to 14.',
    },
    {
      change: { pace: { ...pace, runMilliseconds: 0 } },
      says: 'consumers.billing.pace.runMilliseconds is 0; allowed is a whole number from 1 to 840000.',
    },
    {
      change: { pace: { ...pace, maxConcurrentRuns: 0 } },
      says: 'consumers.billing.pace.maxConcurrentRuns is 0; allowed is a whole number from 1 to 10000.',
    },
    {
      change: { pace: { ...pace, maxRecordsPerRun: 10_001 } },
      says: 'consumers.billing.pace.maxRecordsPerRun is 10001; allowed is a whole number from 1 to 10000.',
    },
    {
      change: { pace: { ...pace, minRemainingMilliseconds: -1 } },
      says: 'consumers.billing.pace.minRemainingMilliseconds is -1; allowed is a whole number from 0 to 840000.',
    },
    {
      change: { dedupe: { kind: 'expires', afterDays: 20 } },
      says:
        'consumers.billing.dedupe forgets after 480 h, but a record can come back for 504 h ' +
        '(topic retention + dead-letter retention); keep it at least that long.',
    },
  ])('is refused: $says', ({ change, says }) => {
    const consumers = billing === undefined ? [] : [{ ...billing, ...change }, ...others];

    expect(validateTopology({ ...topology, consumers })).toEqual([says]);
  });

  test('shares neither its name nor its group', () => {
    const consumers = [...topology.consumers, ...topology.consumers.slice(0, 1)];

    expect(validateTopology({ ...topology, consumers })).toEqual([
      'consumers: "billing" is named twice; give each consumer its own name.',
      'consumers: "billing-group" is the group of two consumers, so each would get only a share; use two groups.',
    ]);
  });
});
