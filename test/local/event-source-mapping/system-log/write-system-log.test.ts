import { expect, test } from '@jest/globals';
import type { SystemLogLevel } from '../../../../local/event-source-mapping/configuration/event-source-mapping-spec.ts';
import type { MappingSupervisor } from '../../../../local/event-source-mapping/supervisor/mapping-supervisor.ts';
import type { PollerChild } from '../../../../local/event-source-mapping/supervisor/poller-child.ts';
import { createSystemLog } from '../../../../local/event-source-mapping/system-log/write-system-log.ts';
import { aSpec, CLUSTER_ARN, NOW } from '../builders.ts';

const POLLER = {
  partitions: [0, 2],
  generationId: 4,
  consumed: new Map([[2, 41]]),
} as Partial<PollerChild> as PollerChild;

function aMapping(level: SystemLogLevel | undefined): MappingSupervisor {
  const spec = aSpec({
    ...(level === undefined ? {} : { LoggingConfig: { SystemLogLevel: level } }),
    FunctionName: 'arn:aws:lambda:eu-central-1:123456789012:function:billing',
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'billing-group' },
  });
  return { mappingId: 'm', spec, pollers: [POLLER] } as Partial<MappingSupervisor> as MappingSupervisor;
}

/** What a mapping with this level writes about a warning, an assignment and its offsets. */
function writtenAt(
  level: SystemLogLevel | undefined,
): { functionName: string; event: Record<string, unknown> }[] {
  const written: { functionName: string; event: Record<string, unknown> }[] = [];
  const log = createSystemLog({
    write: (functionName, line) => {
      written.push({ functionName, event: JSON.parse(line) as Record<string, unknown> });
    },
    bootstrapServers: 'b-1:9098,b-2:9098',
    region: 'eu-central-1',
    now: () => NOW,
  });
  const mapping = aMapping(level);
  log.warned(mapping, { code: 'POLLING_ERROR', message: 'no broker' });
  log.assigned(mapping, POLLER);
  log.offsets(mapping, [
    { partition: 0, start: 0, end: 9, committed: undefined },
    { partition: 2, start: 0, end: 50, committed: 40 },
  ]);
  return written;
}

test.each<[SystemLogLevel | undefined, string[]]>([
  ['WARN', ['ESM_PROCESSING_EVENT']],
  ['INFO', ['ESM_PROCESSING_EVENT', 'POLLER_STATUS_EVENT']],
  ['DEBUG', ['ESM_PROCESSING_EVENT', 'POLLER_STATUS_EVENT', 'KAFKA_STATUS_EVENT']],
  [undefined, []],
])('a mapping that logs from %s on writes %p', (level, expected) => {
  const written = writtenAt(level);

  expect(written.map(({ event }) => event['eventType'])).toStrictEqual(expected);
});

test("a mapping's events go to its function's log, with the fields that Lambda gives them", () => {
  const written = writtenAt('DEBUG');

  const head = {
    timestamp: '2026-01-02T03:04:05.678Z',
    resourceArn: 'arn:aws:lambda:eu-central-1:123456789012:event-source-mapping:m',
    eventSourceArn: CLUSTER_ARN,
    eventProcessorId: 'm/0',
  };
  expect(new Set(written.map(({ functionName }) => functionName))).toStrictEqual(new Set(['billing']));
  expect(written.map(({ event }) => event)).toStrictEqual([
    {
      ...head,
      eventType: 'ESM_PROCESSING_EVENT',
      logLevel: 'WARN',
      error: { errorMessage: 'no broker', errorCode: 'POLLING_ERROR' },
    },
    {
      ...head,
      eventType: 'POLLER_STATUS_EVENT',
      logLevel: 'INFO',
      kafkaEventSourceConnection: {
        brokerEndpoints: 'b-1:9098,b-2:9098',
        consumerId: 'm-0',
        topics: ['orders'],
        consumerGroupId: 'billing-group',
        securityProtocol: 'PLAINTEXT',
        totalPartitionCount: 2,
        assignedPartitionCount: 2,
        partitionsAssignmentGeneration: 4,
        assignedPartitions: ['orders-0', 'orders-2'],
      },
    },
    {
      ...head,
      eventType: 'KAFKA_STATUS_EVENT',
      logLevel: 'DEBUG',
      kafkaPartitionOffsets: {
        partition: 'orders-2',
        endOffset: 50,
        consumedOffset: 41,
        processedOffset: 39,
        committedOffset: 40,
      },
    },
  ]);
});
