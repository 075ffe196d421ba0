import { rangesText, type GroupReport } from '@order-events/kafka-tools';
import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { assignedTo, ownGroups, partitionsOf } from '../groups.ts';
import { verdictOf, type Finding, type Verdict } from '../verdict.ts';

/** Partitions that are not spread evenly over the members, or that nobody reads. */
export const unbalanced: Check = {
  name: 'unbalanced',
  matters:
    'A partition that nobody reads only grows. Where one member has more than others, the group is as slow as that one.',
  look: lookForImbalance,
};

function lookForImbalance(facts: Facts): Verdict {
  const groups = ownGroups(facts);
  const stable = groups.filter(({ state, members }) => state === 'Stable' && members.length > 0);
  if (stable.length === 0 && groups.some(({ members }) => members.length > 0)) {
    return { kind: 'unknown', reason: 'every group is just settling who reads what: look again' };
  }
  const findings = stable.flatMap((group) => imbalance(group, facts.topic.name));
  return verdictOf(findings, 'partitions are spread evenly over the members, and each has one');
}

function imbalance(group: GroupReport, topic: string): readonly Finding[] {
  const { groupId, members } = group;
  const shares = members.map((member) => assignedTo(member, topic).length);
  const most = Math.max(...shares);
  const fewest = Math.min(...shares);
  const unread = partitionsOf(group, topic)
    .filter(({ memberId }) => memberId === undefined)
    .map(({ partition }) => partition);
  return [
    ...(unread.length === 0
      ? []
      : [
          {
            group: groupId,
            evidence: `nobody reads partitions ${rangesText(unread)}, although the group is stable.`,
            todo: 'A member may have asked for another topic, or the topic has grown since it joined: restart its members.',
          },
        ]),
    ...(most - fewest <= 1
      ? []
      : [
          {
            group: groupId,
            evidence: `of ${members.length} members one reads ${most} partitions and one ${fewest}.`,
            todo: 'Members with different assignors or subscriptions divide badly: let all of them have the same configuration.',
          },
        ]),
  ];
}
