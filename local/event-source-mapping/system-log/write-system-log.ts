import type { PartitionOffsets } from '@order-events/kafka-tools';
import { functionNameOf } from '../configuration/function-name.ts';
import type { MappingObserver, MappingSupervisor } from '../supervisor/mapping-supervisor.ts';
import type { PollerChild } from '../supervisor/poller-child.ts';
import {
  isLogged,
  kafkaStatusEvent,
  pollerStatusEvent,
  processingEvent,
  type LoggedMapping,
  type SystemLogEvent,
} from './system-log.ts';

export interface SystemLogPorts {
  /** Writes one line into the log of a mapping's function. */
  readonly write: (functionName: string, line: string) => void;
  /** Comma-joined. */
  readonly bootstrapServers: string;
  readonly region: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The writer of the mappings' system logs. */
export interface SystemLog extends MappingObserver {
  /** Logs the progress of a mapping; called every minute. */
  offsets(mapping: MappingSupervisor, partitions: readonly PartitionOffsets[]): void;
}

/**
 * Writes mappings' system logs at their levels, each into its function's log.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/esm-logging.html
 */
export function createSystemLog(ports: SystemLogPorts): SystemLog {
  const write = ({ spec }: MappingSupervisor, event: SystemLogEvent): void => {
    if (isLogged(event, spec.systemLogLevel))
      ports.write(functionNameOf(spec.functionName), JSON.stringify(event));
  };
  const logged = (mapping: MappingSupervisor): LoggedMapping => toLogged(mapping, ports.region);
  return {
    warned: (mapping, { code, message }) => {
      const error = { errorMessage: message, errorCode: code };
      write(mapping, processingEvent(logged(mapping), error, ports.now()));
    },
    assigned: (mapping, poller) => {
      write(mapping, pollerStatusEvent(logged(mapping), connectionOf(mapping, poller, ports), ports.now()));
    },
    offsets: (mapping, partitions) => {
      for (const partition of partitions) {
        const offsets = offsetsOf(mapping, partition);
        if (offsets === undefined) continue;
        write(mapping, kafkaStatusEvent(logged(mapping), offsets, ports.now()));
      }
    },
  };
}

function toLogged({ mappingId, spec }: MappingSupervisor, region: string): LoggedMapping {
  const eventSourceArn = spec.source.kind === 'managed' ? spec.source.eventSourceArn : null;
  const account = eventSourceArn?.split(':')[4] ?? '000000000000';
  return {
    mappingId,
    resourceArn: `arn:aws:lambda:${region}:${account}:event-source-mapping:${mappingId}`,
    eventSourceArn,
  };
}

function connectionOf(
  mapping: MappingSupervisor,
  { partitions, generationId }: PollerChild,
  { bootstrapServers }: SystemLogPorts,
) {
  const { topic, consumerGroupId } = mapping.spec;
  return {
    brokerEndpoints: bootstrapServers,
    topics: [topic],
    consumerGroupId,
    securityProtocol: 'PLAINTEXT',
    saslMechanism: null,
    totalPartitionCount: new Set(mapping.pollers.flatMap((poller) => poller.partitions)).size,
    partitionsAssignmentGeneration: generationId ?? 0,
    assignedPartitions: partitions.map((partition) => `${topic}-${partition}`),
  };
}

/** Skips partitions without a commit, which have no progress yet. */
function offsetsOf({ spec, pollers }: MappingSupervisor, { partition, end, committed }: PartitionOffsets) {
  if (committed === undefined) return undefined;
  const owner = pollers.find(({ partitions }) => partitions.includes(partition));
  return {
    partition: `${spec.topic}-${partition}`,
    endOffset: end,
    consumedOffset: owner?.consumed.get(partition) ?? committed - 1,
    processedOffset: committed - 1,
    committedOffset: committed,
  };
}
