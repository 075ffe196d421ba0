import { groupMetrics } from './group-metrics.ts';
import type { SamplerPorts } from './ports.ts';
import { nextOffset, waits, type GroupReading } from './reading.ts';

/**
 * Makes the function that takes one sample of every group and publishes its metrics. It keeps the last sample to calculate
 * progress, so the first sample of an execution environment has none.
 *
 * @param retentionHours - How long the topic keeps a record.
 */
export function takeSamples(ports: SamplerPorts, retentionHours: number): () => Promise<number> {
  let before = new Map<string, GroupReading>();

  return async () => {
    const { groups, intruders } = await ports.readBrokers();
    for (const now of groups) {
      ports.publish(
        now.groupId,
        groupMetrics({
          now,
          before: before.get(now.groupId),
          oldestAgeSeconds: await oldestAge(now, ports),
          intruders: intruders.get(now.groupId),
          retentionHours,
        }),
      );
    }
    before = new Map(groups.map((group) => [group.groupId, group]));
    return groups.length;
  };
}

/** Age in seconds of the oldest record that waits in any partition; undefined when one could not be read. */
async function oldestAge(group: GroupReading, ports: SamplerPorts): Promise<number | undefined> {
  if (!group.complete) return undefined;
  try {
    const waiting = group.partitions.filter(waits);
    const written = await Promise.all(
      waiting.map((partition) => ports.writtenAt(partition.partition, nextOffset(partition))),
    );
    const ages = written.flatMap((at) => (at === undefined ? [] : [(ports.now() - at) / 1_000]));
    return Math.max(0, ...ages);
  } catch (cause) {
    ports.warn(`The age of the oldest record of ${group.groupId} could not be read`, cause);
    return undefined;
  }
}
