import { consumerGroupId, topicName } from './identifiers.ts';
import type { ConsumerSpec, Topology } from './topology-types.ts';

/**
 * The most that Lambda takes. They outlast an outage of hours; a record that ends every invocation is parked by the function
 * itself after three attempts. Without a number Lambda would stop after 10, because there is a destination.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 */
const RETRY_ATTEMPTS = 10_000;

/** Four days, so that a group that stood still over a weekend loses nothing; three days of the topic's seven remain to redrive. */
const MAX_RECORD_AGE_HOURS = 96;

const consumers = [
  {
    name: 'billing',
    consumerGroupId: consumerGroupId('billing-group'),
    handlerEntry: 'functions/billing/handler.ts',
    functionTimeoutSeconds: 60,
    functionMemoryMegabytes: 512,
    batchSize: 500,
    pace: {
      runMilliseconds: 2000,
      // A run is one request for its invoices: as many as a batch of statements may hold.
      maxConcurrentRuns: 4,
      maxRecordsPerRun: 25,
      minRemainingMilliseconds: 4000,
    },
    maxBatchingWindowSeconds: 0,
    retryAttempts: RETRY_ATTEMPTS,
    maxRecordAgeHours: MAX_RECORD_AGE_HOURS,
    deadLetterRetentionDays: 14,
    dedupe: { kind: 'forEver' },
    writesPerOrder: 1,
  },
  {
    name: 'inventory',
    consumerGroupId: consumerGroupId('inventory-group'),
    handlerEntry: 'functions/inventory/handler.ts',
    functionTimeoutSeconds: 60,
    functionMemoryMegabytes: 512,
    batchSize: 500,
    pace: {
      runMilliseconds: 5000,
      // One run at a time: it is split into transactions by what they touch, which only works on all that is in progress.
      maxConcurrentRuns: 1,
      maxRecordsPerRun: 250,
      minRemainingMilliseconds: 4000,
    },
    // Stock changes are summed over a batch: a second of waiting saves more writes than it costs in delay.
    maxBatchingWindowSeconds: 1,
    retryAttempts: RETRY_ATTEMPTS,
    maxRecordAgeHours: MAX_RECORD_AGE_HOURS,
    deadLetterRetentionDays: 14,
    dedupe: { kind: 'expires', afterDays: 30 },
    writesPerOrder: 6,
  },
  {
    name: 'notifications',
    consumerGroupId: consumerGroupId('notification-group'),
    handlerEntry: 'functions/notifications/handler.ts',
    // A crash after a claim holds the record back for this long plus the lease margin; the retries must outlast it.
    functionTimeoutSeconds: 30,
    functionMemoryMegabytes: 512,
    batchSize: 100,
    pace: {
      runMilliseconds: 3250,
      maxConcurrentRuns: 25,
      maxRecordsPerRun: 1,
      minRemainingMilliseconds: 17_000,
    },
    maxBatchingWindowSeconds: 0,
    retryAttempts: RETRY_ATTEMPTS,
    maxRecordAgeHours: MAX_RECORD_AGE_HOURS,
    deadLetterRetentionDays: 14,
    dedupe: { kind: 'expires', afterDays: 30 },
    writesPerOrder: 2,
  },
] as const satisfies readonly ConsumerSpec<string>[];

/** The one list of who consumes the topic: what differs by consumer is keyed by these names. */
export type ConsumerName = (typeof consumers)[number]['name'];

/** The topic `order-events` and its consumers: what CDK deploys and what the command line shows. */
export const topology: Topology = {
  topic: {
    name: topicName('order-events'),
    partitions: 6,
    replicationFactor: 3,
    minInSyncReplicas: 2,
    retentionHours: 7 * 24,
    // A parked record travels in base64 inside one SQS message of at most 1 MiB, so a record must stay well below.
    maxMessageBytes: 700_000,
    partitionHistory: [{ kind: 'created', partitions: 6 }],
  },
  consumers,
};
