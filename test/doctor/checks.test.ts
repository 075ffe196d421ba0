import { describe, expect, test } from '@jest/globals';
import type { TimeLeft } from '@order-events/kafka-tools';
import { ALL_CHECKS } from '../../doctor/all-checks.ts';
import { diagnose } from '../../doctor/diagnose.ts';
import type { Facts } from '../../doctor/facts.ts';
import type { Verdict } from '../../doctor/verdict.ts';
import { aGroup, aMapping, aMember, aPartition, aPoller, aReading, aStage } from './a-stage.ts';

const ALL = [0, 1, 2, 3, 4, 5];
const NO_READINGS = { earlier: [] };
const UNKNOWN_POLLERS = { kind: 'unknown', reason: 'AWS does not say' } as const;

function verdictsOf(facts: Facts): Readonly<Record<string, Verdict>> {
  return Object.fromEntries(diagnose(facts).checks.map(({ name, verdict }) => [name, verdict]));
}

/** The evidence of what one check found, with the group it is about. */
function foundBy(check: string, facts: Facts): readonly string[] {
  const verdict = verdictsOf(facts)[check];
  return verdict?.kind === 'finding'
    ? verdict.findings.map(({ group = '', evidence }) => `${group}: ${evidence}`)
    : [];
}

/** Two members share the partitions: the poller of the mapping, and another. */
function sharedWith(clientId: string): Partial<Facts> {
  return { groups: [aGroup({ members: [aPoller([0, 1, 2]), aMember(clientId, [3, 4, 5])] })] };
}

const partitions = (of: (partition: number) => Parameters<typeof aPartition>[0]) =>
  ALL.map((partition) => aPartition({ partition, members: [aPoller()], ...of(partition) }));

/** One partition of a reading, with the rest as ever. */
const reading = (
  secondsAgo: number,
  part: { readonly committed?: number; readonly end?: number; readonly owner?: string },
  members = ['event-poller-1-member'],
) => aReading(secondsAgo, { members, partitions: [{ partition: 0, end: 100, ...part }] });

describe('where all is well', () => {
  test('every check looks and finds nothing', () => {
    const diagnosis = diagnose(aStage());

    expect({ ok: diagnosis.ok, kinds: new Set(diagnosis.checks.map(({ verdict }) => verdict.kind)) }).toEqual(
      {
        ok: true,
        kinds: new Set(['ok']),
      },
    );
  });
});

/** The oldest unread record of billing's group. */
function timeLeft(left: TimeLeft): Partial<Facts> {
  const group = { groupId: 'billing-group', timeLeft: left, partition: 2, offset: 17 };
  return { timesLeft: { kind: 'known', value: [group] } };
}

interface Case {
  readonly check: string;
  readonly story: string;
  readonly facts: Partial<Facts>;
  readonly found: readonly string[];
}

const MISTAKES: readonly Case[] = [
  {
    check: 'intruder',
    story: 'a Python client in the group of a mapping',
    facts: sharedWith('rdkafka'),
    found: [
      "billing-group: 1 member: not a poller of the group's mapping. client rdkafka on 127.0.0.1 reads partitions 3-5.",
    ],
  },
  {
    check: 'intruder',
    story: 'another kind of client beside pollers that nobody names',
    facts: {
      ...sharedWith('my-service'),
      mappings: { kind: 'known', value: [aMapping({ pollers: UNKNOWN_POLLERS })] },
    },
    found: [
      'billing-group: 2 members: its members have client ids of 2 kinds, and the pollers of one mapping have one. ' +
        'client event-poller-1 on 127.0.0.1 reads partitions 0-2; client my-service on 127.0.0.1 reads partitions 3-5.',
    ],
  },
  {
    check: 'intruder',
    story: 'more members than the mapping may have',
    facts: {
      ...sharedWith('event-poller-77'),
      mappings: { kind: 'known', value: [aMapping({ pollers: UNKNOWN_POLLERS, mostPollers: 1 })] },
    },
    found: [
      'billing-group: 2 members: it has 2 members, and its mapping has 1 at most. ' +
        'client event-poller-1 on 127.0.0.1 reads partitions 0-2; client event-poller-77 on 127.0.0.1 reads partitions 3-5.',
    ],
  },
  {
    check: 'intruder',
    story: 'another kind of client where mappings cannot be listed',
    facts: { ...sharedWith('my-service'), mappings: UNKNOWN_POLLERS },
    found: [
      'billing-group: 2 members: its members have client ids of 2 kinds, and the pollers of one mapping have one. ' +
        'client event-poller-1 on 127.0.0.1 reads partitions 0-2; client my-service on 127.0.0.1 reads partitions 3-5.',
    ],
  },
  {
    check: 'intruder',
    story: 'a member while the mapping is disabled',
    facts: { mappings: { kind: 'known', value: [aMapping({ state: 'Disabled' })] } },
    found: [
      'billing-group: 1 member: the mapping of this group is disabled. client event-poller-1 on 127.0.0.1 reads partitions 0-5.',
    ],
  },
  {
    check: 'shared-group',
    story: 'two mappings with one group',
    facts: {
      mappings: {
        kind: 'known',
        value: [aMapping(), aMapping({ uuid: 'mapping-2', functionName: 'audit' })],
      },
    },
    found: [
      'billing-group: 2 mappings have this group: mapping-1 (order-events to billing), mapping-2 (order-events to audit).',
    ],
  },
  {
    check: 'idle-members',
    story: 'seven members for six partitions',
    facts: {
      groups: [aGroup({ members: [...ALL.map((n) => aPoller([n], n)), aPoller([], 7)] })],
    },
    found: ['billing-group: 7 members share 6 partitions: 1 read nothing.'],
  },
  {
    check: 'same-purpose',
    story: 'a second group with the same words in its name',
    facts: {
      groups: [
        aGroup(),
        aGroup({ groupId: 'Billing_consumer-v2', members: [], lag: { kind: 'known', lag: 9 } }),
      ],
    },
    found: [
      'Billing_consumer-v2: Billing_consumer-v2 (Empty, 0 members, lag 9) seems to be for billing, which has billing-group.',
    ],
  },
  {
    check: 'same-purpose',
    story: 'one function behind two groups',
    facts: {
      mappings: { kind: 'known', value: [aMapping(), aMapping({ uuid: 'mapping-2', groupId: 'other' })] },
    },
    found: [': The mappings of order-events to billing have 2 groups: billing-group, other.'],
  },
  {
    check: 'restless-members',
    story: 'members that change with each look',
    facts: { earlier: ['a', 'b', 'c', 'd'].map((id, index) => aReading(20 - index * 5, { members: [id] })) },
    found: ['billing-group: its members changed 4 times in 20 s (5 readings).'],
  },
  {
    check: 'restless-members',
    story: 'a group that is settling again and again',
    facts: { earlier: [15, 10, 5, 1].map((ago) => aReading(ago, { state: 'PreparingRebalance' })) },
    found: ['billing-group: its members changed 3 times in 15 s (5 readings).'],
  },
  {
    check: 'session-overrun',
    story: 'a partition that goes from member to member and does not get on',
    facts: {
      groups: [aGroup({ partitions: partitions(() => ({ committed: 40 })) })],
      earlier: ['a', 'b'].map((owner, index) => reading(900 - index * 400, { committed: 40, owner })),
    },
    found: [
      'billing-group: partition 0 had 3 readers one after the other and stands at offset 40, 60 records before its end.',
    ],
  },
  {
    check: 'hot-partition',
    story: 'a partition with most of the records',
    facts: { groups: [aGroup({ partitions: partitions((n) => ({ end: n === 2 ? 500 : 100 })) })] },
    found: [': partition 2 has 50 % of 1000 records; a fair share of 6 partitions is 16.7 %.'],
  },
  {
    check: 'hot-key',
    story: 'a key with more than the share of a partition',
    facts: {
      keys: { kind: 'known', value: { records: 600, top: [{ key: 'order-1', partition: 3, records: 150 }] } },
    },
    found: [
      ': key order-1 has 25 % of the newest 600 records, on partition 3; a fair share of a whole partition is 16.7 %.',
    ],
  },
  {
    check: 'no-commit',
    story: 'partitions with records and without a commit',
    facts: {
      groups: [aGroup({ partitions: partitions((n) => ({ committed: n < 2 ? 'none' : 100 })) })],
    },
    found: ['billing-group: no commit on partitions 0-1, which have 200 records.'],
  },
  {
    check: 'no-commit',
    story: 'a group that the brokers do not know',
    facts: { groups: [] },
    found: ['billing-group: the brokers know no such group.'],
  },
  {
    check: 'retention',
    story: 'an unread record that is deleted within the day',
    facts: timeLeft({ kind: 'left', ms: 5 * 3_600_000, because: 'retention.ms' }),
    found: [
      'billing-group: its oldest unread record (partition 2, offset 17) is kept for 5 hours more, by retention.ms.',
    ],
  },
  {
    check: 'retention',
    story: 'records that are deleted already',
    facts: timeLeft({ kind: 'gone', records: 3 }),
    found: ['billing-group: 3 records were deleted before they were read (partition 2, offset 17).'],
  },
  {
    check: 'moved-back',
    story: 'an offset that went back',
    facts: { earlier: [reading(60, { committed: 100 }), reading(30, { committed: 10 })] },
    found: [
      'billing-group: partition 0 was committed up to 100 at 09:59:00, and it went back to 10 by 09:59:30.',
    ],
  },
  {
    check: 'moved-back',
    story: 'a commit that is gone',
    facts: { earlier: [reading(60, { committed: 100 }), reading(30, {})] },
    found: [
      'billing-group: partition 0 was committed up to 100 at 09:59:00, and its commit is gone by 09:59:30.',
    ],
  },
  {
    check: 'jumped-ahead',
    story: 'an offset that moved in a group without members',
    facts: { groups: [aGroup({ members: [] })], earlier: [reading(30, { committed: 70 }, [])] },
    found: [
      'billing-group: partition 0 went from 70 to 100 between 09:59:30 and 10:00:00, while the group had no member.',
    ],
  },
  {
    check: 'jumped-ahead',
    story: 'an offset beyond the end',
    facts: {
      groups: [aGroup({ partitions: partitions(() => ({ committed: 120 })).slice(0, 1) })],
      ...NO_READINGS,
    },
    found: ['billing-group: partition 0 is committed up to 120 and ends at 100.'],
  },
  {
    check: 'unbalanced',
    story: 'a member with far more partitions than another',
    facts: { groups: [aGroup({ members: [aPoller([0, 1, 2, 3, 4], 1), aPoller([5], 2)] })] },
    found: ['billing-group: of 2 members one reads 5 partitions and one 1.'],
  },
  {
    check: 'unbalanced',
    story: 'partitions that nobody reads in a stable group',
    facts: { groups: [aGroup({ members: [aPoller([0, 1, 2])] })] },
    found: ['billing-group: nobody reads partitions 3-5, although the group is stable.'],
  },
  {
    check: 'colon',
    story: 'a colon in a group id',
    facts: { groups: [aGroup(), aGroup({ groupId: 'team:reports' })] },
    found: ['team:reports: its id is "team:reports".'],
  },
];

describe('the doctor', () => {
  test.each(MISTAKES)('finds by $check: $story', ({ check, facts, found }) => {
    const findings = foundBy(check, aStage(facts));

    expect(findings).toEqual(found);
  });

  test('has a mistake for each of its checks', () => {
    const tried = new Set(MISTAKES.map(({ check }) => check));

    expect(ALL_CHECKS.map(({ name }) => name).filter((name) => !tried.has(name))).toEqual([]);
  });
});

describe('a check stays quiet where', () => {
  test.each<Omit<Case, 'found'>>([
    {
      check: 'intruder',
      story: 'pollers of one kind are no more than the mapping may have',
      facts: {
        ...sharedWith('event-poller-2'),
        mappings: { kind: 'known', value: [aMapping({ pollers: UNKNOWN_POLLERS })] },
      },
    },
    {
      check: 'intruder',
      story: 'a poller has joined that has not said its member id yet',
      facts: {
        mappings: {
          kind: 'known',
          value: [aMapping({ pollers: { kind: 'known', value: [{ clientId: 'event-poller-1' }] } })],
        },
      },
    },
    {
      check: 'intruder',
      story: 'another group of the topic has a client of its own',
      facts: { groups: [aGroup(), aGroup({ groupId: 'reports', members: [aMember('rdkafka', ALL)] })] },
    },
    {
      check: 'shared-group',
      story: 'two mappings have two groups',
      facts: { mappings: { kind: 'known', value: [aMapping(), aMapping({ groupId: 'audit-group' })] } },
    },
    {
      check: 'idle-members',
      story: 'each partition has a member',
      facts: { groups: [aGroup({ members: ALL.map((n) => aPoller([n], n)) })] },
    },
    {
      check: 'same-purpose',
      story: 'another group is for something else',
      facts: { groups: [aGroup(), aGroup({ groupId: 'reports' })] },
    },
    {
      check: 'restless-members',
      story: 'a member joined once',
      facts: { earlier: [aReading(10, { members: [] }), aReading(5)] },
    },
    {
      check: 'session-overrun',
      story: 'a partition changes hands and gets on',
      facts: {
        groups: [aGroup({ partitions: partitions(() => ({ committed: 40 })) })],
        earlier: ['a', 'b'].map((owner, index) =>
          reading(900 - index * 400, { committed: 38 + index, owner }),
        ),
      },
    },
    {
      check: 'hot-partition',
      story: 'partitions differ by chance',
      facts: { groups: [aGroup({ partitions: partitions((n) => ({ end: 80 + n * 10 })) })] },
    },
    {
      check: 'hot-key',
      story: 'no key has more than the share of a partition',
      facts: {
        keys: {
          kind: 'known',
          value: { records: 600, top: [{ key: 'order-1', partition: 3, records: 90 }] },
        },
      },
    },
    {
      check: 'no-commit',
      story: 'a partition without a commit has no records',
      facts: {
        groups: [aGroup({ partitions: partitions((n) => (n === 0 ? { committed: 'none', end: 0 } : {})) })],
      },
    },
    {
      check: 'retention',
      story: 'an unread record is kept for days',
      facts: timeLeft({ kind: 'left', ms: 5 * 86_400_000, because: 'retention.ms' }),
    },
    {
      check: 'moved-back',
      story: 'offsets only grow',
      facts: { earlier: [reading(60, { committed: 10 }), reading(30, { committed: 90 })] },
    },
    {
      check: 'jumped-ahead',
      story: 'offsets move while members read',
      facts: { earlier: [reading(60, { committed: 10 }), reading(30, { committed: 90 })] },
    },
    {
      check: 'unbalanced',
      story: 'four members share six partitions',
      facts: {
        groups: [
          aGroup({ members: [aPoller([0, 1]), aPoller([2, 3], 2), aPoller([4], 3), aPoller([5], 4)] }),
        ],
      },
    },
    {
      check: 'colon',
      story: 'a group id has other signs',
      facts: { groups: [aGroup({ groupId: 'a.b_c-1/@=' })] },
    },
  ])('$story ($check)', ({ check, facts }) => {
    const verdict = verdictsOf(aStage(facts))[check];

    expect(verdict?.kind).toBe('ok');
  });
});

describe('a check says that it could not look where', () => {
  test.each<Omit<Case, 'found'> & { readonly reason: string }>([
    {
      check: 'intruder',
      story: 'mappings cannot be listed and members look alike',
      facts: { mappings: { kind: 'unknown', reason: 'no permission' } },
      reason: 'no permission',
    },
    {
      check: 'shared-group',
      story: 'mappings cannot be listed',
      facts: { mappings: { kind: 'unknown', reason: 'no permission' } },
      reason: 'no permission',
    },
    {
      check: 'retention',
      story: 'the record cannot be read',
      facts: timeLeft({ kind: 'unknown', reason: 'no permission' }),
      reason: 'of billing-group: no permission',
    },
    {
      check: 'hot-key',
      story: 'no record was read',
      facts: { keys: { kind: 'unknown', reason: 'not read here' } },
      reason: 'not read here',
    },
    {
      check: 'hot-key',
      story: 'there are few records',
      facts: { keys: { kind: 'known', value: { records: 12, top: [] } } },
      reason: '12 records were looked at, too few to tell chance from a pattern',
    },
    {
      check: 'hot-partition',
      story: 'there are few records',
      facts: { groups: [aGroup({ partitions: partitions(() => ({ end: 2, committed: 2 })) })] },
      reason: 'the topic has 12 records, too few to tell chance from a pattern',
    },
    {
      check: 'moved-back',
      story: 'there is one reading',
      facts: NO_READINGS,
      reason: 'there is no earlier reading to compare with: look again',
    },
    {
      check: 'jumped-ahead',
      story: 'there is one reading',
      facts: NO_READINGS,
      reason: 'there is no earlier reading to compare with: look again',
    },
    {
      check: 'restless-members',
      story: 'there are too few readings',
      facts: NO_READINGS,
      reason: '1 reading of the last ten minutes, at least 3 are needed: orders doctor --for 10',
    },
    {
      check: 'session-overrun',
      story: 'there are too few readings',
      facts: NO_READINGS,
      reason: 'fewer than 3 readings of the last hour: orders doctor --for 10, or look again later',
    },
    {
      check: 'unbalanced',
      story: 'every group is settling',
      facts: { groups: [aGroup({ state: 'PreparingRebalance' })] },
      reason: 'every group is just settling who reads what: look again',
    },
    {
      check: 'no-commit',
      story: 'the brokers do not say the offsets',
      facts: {
        groups: [
          aGroup({
            partitions: [
              {
                topic: 'order-events',
                partition: 0,
                memberId: undefined,
                lag: { kind: 'unknown', reason: 'commits-unavailable' },
              },
            ],
          }),
        ],
      },
      reason: 'the brokers do not say the offsets of billing-group',
    },
  ])('$story ($check)', ({ check, facts, reason }) => {
    const verdict = verdictsOf(aStage(facts))[check];

    expect(verdict).toEqual({ kind: 'unknown', reason });
  });
});
