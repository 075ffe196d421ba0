import { readGroups, type GroupReport, type Kafka } from '@order-events/kafka-tools';
import { diagnose } from '../../../doctor/index.ts';
import type { BrokersReading, SampledConsumer } from '../ports.ts';
import type { GroupReading } from '../reading.ts';

export interface SampledTopic {
  readonly name: string;
  readonly consumers: readonly SampledConsumer[];
}

/** Reads the groups of the stage, and lets the doctor look for strangers in them. */
export async function readBrokers(
  kafka: Pick<Kafka, 'admin'>,
  topic: SampledTopic,
  now: number,
): Promise<BrokersReading> {
  const all = await readGroups(kafka);
  const groups = all.filter(({ groupId }) => topic.consumers.some((one) => one.groupId === groupId));
  return {
    groups: groups.map((group) => readingOf(group, topic.name)),
    intruders: intrudersIn(groups, topic, now),
  };
}

/** What a reading keeps of a group. */
function readingOf({ groupId, partitions }: GroupReport, topic: string): GroupReading {
  const ofTopic = partitions.filter((one) => one.topic === topic);
  return {
    groupId,
    complete: ofTopic.length > 0 && ofTopic.every(({ lag }) => lag.kind === 'known'),
    partitions: ofTopic.flatMap(({ partition, lag }) =>
      lag.kind === 'known' ? [{ partition, start: lag.start, end: lag.end, committed: lag.committed }] : [],
    ),
  };
}

/** The doctor's findings by group. A group is absent if the doctor could not look. */
function intrudersIn(
  groups: readonly GroupReport[],
  topic: SampledTopic,
  now: number,
): ReadonlyMap<string, number> {
  return new Map(
    topic.consumers.flatMap(({ groupId, maximumPollers }) => {
      const group = groups.find((one) => one.groupId === groupId);
      if (group === undefined) return [];
      const { checks } = diagnose({
        takenAt: now,
        topic: { name: topic.name, partitions: group.partitions.length },
        consumers: [{ name: groupId, groupId }],
        groups: [group],
        earlier: [],
        mappings: {
          kind: 'known',
          value: [
            {
              uuid: groupId,
              functionName: groupId,
              groupId,
              topic: topic.name,
              state: 'Enabled',
              mostPollers: maximumPollers,
              pollers: {
                kind: 'unknown',
                reason: 'AWS does not say which members are the pollers of a mapping',
              },
            },
          ],
        },
        keys: { kind: 'unknown', reason: 'the sampler reads no keys' },
        timesLeft: { kind: 'unknown', reason: 'the sampler tells retention by a metric of its own' },
      });
      const verdict = checks.find(({ name }) => name === 'intruder')?.verdict;
      if (verdict === undefined || verdict.kind === 'unknown') return [];
      return [[groupId, verdict.kind === 'finding' ? verdict.findings.length : 0] as const];
    }),
  );
}
