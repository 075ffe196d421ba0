import type { PartitionOffsets } from '@order-events/kafka-tools';
import { desiredPollers } from './desired-pollers.ts';
import type { EventSourceMappings } from '../supervisor/event-source-mappings.ts';
import { forEachMapping } from '../supervisor/for-each-mapping.ts';
import type { MappingSupervisor } from '../supervisor/mapping-supervisor.ts';
import { pollerRange } from '../supervisor/poller-range.ts';
import { backlog } from './backlog.ts';

/** Reads the offsets of a group in each partition of a topic. */
export type ReadOffsets = (topic: string, consumerGroupId: string) => Promise<readonly PartitionOffsets[]>;

/**
 * Makes one evaluation: gives every polling mapping the number of pollers for its backlog. A mapping with an
 * overridden number keeps it. The evaluation rejects at its end when a backlog could not be read.
 */
export function createScaler(mappings: EventSourceMappings, readOffsets: ReadOffsets): () => Promise<void> {
  let before: ReadonlyMap<string, number> = new Map();

  return async () => {
    const backlogsBefore = before;
    const backlogs = new Map<string, number>();
    before = backlogs;
    await forEachMapping(mappings.list().filter(scales), async (mapping) => {
      const partitions = await readOffsets(mapping.spec.topic, mapping.spec.consumerGroupId);
      const waiting = backlog(partitions);
      backlogs.set(mapping.mappingId, waiting);
      const desired = desiredPollers({
        range: pollerRange(mapping.spec.pollers, partitions.length),
        pollers: mapping.scaledPollers,
        backlog: waiting,
        backlogBefore: backlogsBefore.get(mapping.mappingId),
        batchSize: mapping.spec.batchSize,
      });
      // Open calls may take minutes to end; the other mappings do not wait for them.
      if (desired !== mapping.scaledPollers) void mapping.scaleTo(desired);
    });
  };
}

function scales({ state, pollerOverride }: MappingSupervisor): boolean {
  return state === 'Enabled' && pollerOverride === undefined;
}
