import type { GroupReport, MemberReport, PartitionReport } from '@order-events/kafka-tools';
import type { Facts, MappingFacts } from '../../doctor/facts.ts';
import type { Sample } from '../../doctor/sample.ts';

const TOPIC = 'order-events';
const NOW = Date.parse('2026-11-30T10:00:00Z');
const PARTITIONS = [0, 1, 2, 3, 4, 5];

/** A poller of billing's mapping. */
export function aPoller(partitions: readonly number[] = PARTITIONS, number = 1): MemberReport {
  return aMember(`event-poller-${number}`, partitions);
}

export function aMember(clientId: string, partitions: readonly number[]): MemberReport {
  return {
    clientId,
    memberId: `${clientId}-member`,
    host: '127.0.0.1',
    partitions: [{ topic: TOPIC, partitions }],
  };
}

/** A group that has read everything. */
export function aGroup(overrides: Partial<GroupReport> = {}): GroupReport {
  const { members = [aPoller()] } = overrides;
  return {
    groupId: 'billing-group',
    state: members.length === 0 ? 'Empty' : 'Stable',
    lag: { kind: 'known', lag: 0 },
    members,
    partitions: PARTITIONS.map((partition) => aPartition({ partition, members })),
    ...overrides,
  };
}

export function aPartition({
  partition = 0,
  members = [],
  committed = 100,
  start = 0,
  end = 100,
}: {
  readonly partition?: number;
  readonly members?: readonly MemberReport[];
  readonly committed?: number | 'none';
  readonly start?: number;
  readonly end?: number;
}): PartitionReport {
  const owner = members.find((member) =>
    member.partitions.some((part) => part.partitions.includes(partition)),
  );
  const next = committed === 'none' ? start : committed;
  return {
    topic: TOPIC,
    partition,
    memberId: owner?.memberId,
    lag: {
      kind: 'known',
      lag: Math.max(0, end - next),
      expired: 0,
      committed: committed === 'none' ? undefined : committed,
      start,
      end,
    },
  };
}

export function aMapping(overrides: Partial<MappingFacts> = {}): MappingFacts {
  return {
    uuid: 'mapping-1',
    functionName: 'billing',
    groupId: 'billing-group',
    topic: TOPIC,
    state: 'Enabled',
    mostPollers: 6,
    pollers: { kind: 'known', value: [{ clientId: 'event-poller-1', memberId: 'event-poller-1-member' }] },
    ...overrides,
  };
}

export function aReading(secondsAgo: number, group: Partial<Sample['groups'][number]> = {}): Sample {
  return {
    at: NOW - secondsAgo * 1_000,
    groups: [
      {
        groupId: 'billing-group',
        state: 'Stable',
        members: ['event-poller-1-member'],
        partitions: PARTITIONS.map((partition) => ({
          partition,
          committed: 100,
          end: 100,
          owner: 'event-poller-1-member',
        })),
        ...group,
      },
    ],
  };
}

/** A stage with one group, where all is well and every check can look. */
export function aStage(overrides: Partial<Facts> = {}): Facts {
  return {
    takenAt: NOW,
    topic: { name: TOPIC, partitions: 6 },
    consumers: [{ name: 'billing', groupId: 'billing-group' }],
    groups: [aGroup()],
    earlier: [aReading(10), aReading(5)],
    mappings: { kind: 'known', value: [aMapping()] },
    timesLeft: { kind: 'known', value: [{ groupId: 'billing-group', timeLeft: { kind: 'nothing' } }] },
    keys: { kind: 'known', value: { records: 600, top: [{ key: 'order-1', partition: 3, records: 12 }] } },
    ...overrides,
  };
}
