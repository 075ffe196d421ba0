import type { SystemLogLevel } from '../configuration/event-source-mapping-spec.ts';

/** The mapping an event is about. */
export interface LoggedMapping {
  readonly mappingId: string;
  /** The mapping's own ARN. */
  readonly resourceArn: string;
  /** null for self-managed Kafka. */
  readonly eventSourceArn: string | null;
}

/** A mapping's connection to its cluster. */
export interface PollerStatus {
  readonly brokerEndpoints: string;
  readonly topics: readonly string[];
  readonly consumerGroupId: string;
  readonly securityProtocol: string;
  readonly saslMechanism: string | null;
  readonly totalPartitionCount: number;
  /** The group's generation. */
  readonly partitionsAssignmentGeneration: number;
  /** `topic-partition` of each. */
  readonly assignedPartitions: readonly string[];
}

/** The progress of one partition. */
export interface PartitionOffsets {
  /** `topic-partition`. */
  readonly partition: string;
  /** The next offset to write. */
  readonly endOffset: number;
  /** The last offset read. */
  readonly consumedOffset: number;
  /** The last resolved offset. */
  readonly processedOffset: number;
  /** The next offset to read after a restart. */
  readonly committedOffset: number;
}

/** One line of a mapping's system log; written as JSON. */
export interface SystemLogEvent {
  readonly eventType: 'ESM_PROCESSING_EVENT' | 'POLLER_STATUS_EVENT' | 'KAFKA_STATUS_EVENT';
  /** ISO 8601. */
  readonly timestamp: string;
  readonly resourceArn: string;
  readonly eventSourceArn?: string;
  readonly eventProcessorId: string;
  readonly logLevel: SystemLogLevel;
  readonly [detail: string]: unknown;
}

/**
 * An error. The message must not contain record content.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/esm-logging.html
 */
export function processingEvent(
  mapping: LoggedMapping,
  error: { readonly errorMessage: string; readonly errorCode: string },
  now: number,
): SystemLogEvent {
  return { ...head(mapping, now), eventType: 'ESM_PROCESSING_EVENT', logLevel: 'WARN', error };
}

/** A poller's connection, logged when it changes. */
export function pollerStatusEvent(mapping: LoggedMapping, status: PollerStatus, now: number): SystemLogEvent {
  const { saslMechanism, ...rest } = status;
  return {
    ...head(mapping, now),
    eventType: 'POLLER_STATUS_EVENT',
    logLevel: 'INFO',
    kafkaEventSourceConnection: {
      ...rest,
      ...(saslMechanism === null ? {} : { saslMechanism }),
      consumerId: `${mapping.mappingId}-0`,
      assignedPartitionCount: status.assignedPartitions.length,
    },
  };
}

/** The progress of a partition, logged every minute. */
export function kafkaStatusEvent(
  mapping: LoggedMapping,
  offsets: PartitionOffsets,
  now: number,
): SystemLogEvent {
  return {
    ...head(mapping, now),
    eventType: 'KAFKA_STATUS_EVENT',
    logLevel: 'DEBUG',
    kafkaPartitionOffsets: offsets,
  };
}

const SEVERITY: Record<SystemLogLevel, number> = { DEBUG: 0, INFO: 1, WARN: 2 };

/** Returns whether a mapping with this log level writes the event; without a level it writes none. */
export function isLogged(
  { logLevel }: Pick<SystemLogEvent, 'logLevel'>,
  level: SystemLogLevel | null,
): boolean {
  return level !== null && SEVERITY[logLevel] >= SEVERITY[level];
}

/** Returns the log stream of a mapping in its function's log group. */
export function logStreamName(mappingId: string, now: number): string {
  return `${isoTime(now).slice(0, 10).replaceAll('-', '/')}/${mappingId}`;
}

function head({ mappingId, resourceArn, eventSourceArn }: LoggedMapping, now: number) {
  return {
    timestamp: isoTime(now),
    resourceArn,
    ...(eventSourceArn === null ? {} : { eventSourceArn }),
    eventProcessorId: `${mappingId}/0`,
  };
}

function isoTime(now: number): string {
  return new Date(now).toISOString();
}
