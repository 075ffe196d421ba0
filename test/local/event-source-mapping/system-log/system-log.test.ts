import { expect, test } from '@jest/globals';
import {
  isLogged,
  kafkaStatusEvent,
  logStreamName,
  pollerStatusEvent,
  processingEvent,
} from '../../../../local/event-source-mapping/system-log/system-log.ts';
import { CLUSTER_ARN, NOW } from '../builders.ts';

const MAPPING = {
  mappingId: 'mapping-uuid',
  resourceArn: 'arn:aws:lambda:eu-central-1:123456789012:event-source-mapping:mapping-uuid',
  eventSourceArn: CLUSTER_ARN,
};

const HEAD = {
  timestamp: '2026-01-02T03:04:05.678Z',
  resourceArn: MAPPING.resourceArn,
  eventSourceArn: CLUSTER_ARN,
  eventProcessorId: 'mapping-uuid/0',
};

const OFFSETS = {
  partition: 'test-1',
  endOffset: 5004,
  consumedOffset: 5003,
  processedOffset: 5003,
  committedOffset: 5004,
};

const ERROR = { errorMessage: 'The function was throttled', errorCode: 'TooManyRequestsException' };

const SEVERITIES = ['DEBUG', 'INFO', 'WARN'] as const;

test('a processing event is a warning with its error', () => {
  const event = processingEvent(MAPPING, ERROR, NOW);

  expect(event).toStrictEqual({ ...HEAD, eventType: 'ESM_PROCESSING_EVENT', logLevel: 'WARN', error: ERROR });
});

test('a poller status has the connection and the partitions', () => {
  const status = {
    brokerEndpoints: 'b-1:9092',
    topics: ['test'],
    consumerGroupId: 'billing-group',
    securityProtocol: 'PLAINTEXT',
    totalPartitionCount: 4,
    partitionsAssignmentGeneration: 2,
    assignedPartitions: ['test-0', 'test-1'],
  };

  const event = pollerStatusEvent(MAPPING, { ...status, saslMechanism: null }, NOW);

  expect(event).toStrictEqual({
    ...HEAD,
    eventType: 'POLLER_STATUS_EVENT',
    logLevel: 'INFO',
    kafkaEventSourceConnection: { ...status, consumerId: 'mapping-uuid-0', assignedPartitionCount: 2 },
  });
});

test('a Kafka status has the offsets of a partition', () => {
  const event = kafkaStatusEvent(MAPPING, OFFSETS, NOW);

  expect(event).toStrictEqual({
    ...HEAD,
    eventType: 'KAFKA_STATUS_EVENT',
    logLevel: 'DEBUG',
    kafkaPartitionOffsets: OFFSETS,
  });
});

test('an event of self-managed Kafka has no ARN of a cluster', () => {
  const event = processingEvent({ ...MAPPING, eventSourceArn: null }, ERROR, NOW);

  expect(event).not.toHaveProperty('eventSourceArn');
});

test.each([
  [null, []],
  ['WARN', ['WARN']],
  ['INFO', ['INFO', 'WARN']],
  ['DEBUG', ['DEBUG', 'INFO', 'WARN']],
] as const)('a mapping at level %s logs %j', (level, logged) => {
  const events = SEVERITIES.map((logLevel) => ({ logLevel }));

  const levels = events.filter((event) => isLogged(event, level)).map(({ logLevel }) => logLevel);

  expect(levels).toStrictEqual(logged);
});

test('the log stream is named by day and mapping', () => {
  const name = logStreamName('mapping-uuid', NOW);

  expect(name).toBe('2026/01/02/mapping-uuid');
});
