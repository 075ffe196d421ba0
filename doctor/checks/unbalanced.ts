import { rangesText, type GroupReport } from '@order-events/kafka-tools';
import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { assignedTo, ownGroups, partitionsOf } from '../groups.ts';
import { verdictOf, type Finding, type Verdict } from '../verdict.ts';

/** Finds partitions that are not spread evenly over the members, or that nobody reads. */
export const unbalanced: Check = {
  name: 'unbalanced',
  matters:
    'The lag of a partition that nobody reads only grows. If one member has more partitions than others, the group is as slow as that member.',
  look: lookForImbalance,
};

function lookForImbalance(facts: Facts): Verdict {
  const groups = ownGroups(facts);
  const stable = groups.filter(({ state, members }) => state === 'Stable' && members.length > 0);
  if (stable.length === 0 && groups.some(({ members }) => members.length > 0)) {
    return { kind: 'unknown', reason: 'every group is rebalancing: run the doctor again' };
  }
  const findings = stable.flatMap((group) => imbalance(group, facts.topic.name));
  return verdictOf(findings, 'partitions are spread evenly over the members, and each has a reader');
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
            todo: 'A member may have subscribed to another topic, or the topic has grown since the member joined: restart the members.',
          },
        ]),
    ...(most - fewest <= 1
      ? []
      : [
          {
            group: groupId,
            evidence: `of ${members.length} members, one reads ${most} partitions and another one ${fewest}.`,
            todo: 'Members with different assignors or subscriptions share badly: give all of them the same configuration.',
          },
        ]),
  ];
}
