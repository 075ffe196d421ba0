import { groupTimeLeftMetric, lagOf, type GroupReader, type TimeLeftReader } from '@order-events/kafka-tools';
import type { EventSourceMappings } from '../event-source-mapping/supervisor/event-source-mappings.ts';
import { forEachMapping } from '../event-source-mapping/supervisor/for-each-mapping.ts';
import type { MappingSupervisor } from '../event-source-mapping/supervisor/mapping-supervisor.ts';
import type { Metric } from './metric.ts';

export interface TimeLeftPorts {
  readonly brokers: Pick<GroupReader, 'readOffsets'>;
  readonly timesLeft: Pick<TimeLeftReader, 'read'>;
  /** Stores values of this moment. */
  readonly put: (metrics: readonly Metric[]) => Promise<void>;
  /** Epoch milliseconds of the brokers' time. */
  readonly now: () => number;
}

/**
 * Makes one publication of how long each group has until retention deletes what it has not read. A disabled mapping has one
 * too: its group is the one that falls behind. AWS has no such metric; a function of one's own publishes the same there.
 * It rejects when it is done and a group could not be measured.
 */
export function createTimeLeftPublisher(
  mappings: Pick<EventSourceMappings, 'list'>,
  { brokers, timesLeft, put, now }: TimeLeftPorts,
): () => Promise<void> {
  return async () => {
    const metrics: Metric[] = [];
    const measure = async ({ spec: { topic, consumerGroupId } }: MappingSupervisor): Promise<void> => {
      const offsets = await brokers.readOffsets(topic, consumerGroupId);
      const partitions = offsets.map(({ partition, committed, ...range }) => ({
        topic,
        partition,
        lag: lagOf(committed, range),
      }));
      const { groups, retention } = await timesLeft.read(
        topic,
        [{ groupId: consumerGroupId, partitions }],
        now(),
      );
      metrics.push(...groups.flatMap((group) => groupTimeLeftMetric({ topic, ...group }, retention) ?? []));
    };
    try {
      await forEachMapping(mappings.list(), measure);
    } finally {
      if (metrics.length > 0) await put(metrics);
    }
  };
}
