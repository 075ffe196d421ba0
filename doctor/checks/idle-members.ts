import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { ownGroups } from '../groups.ts';
import { counted, verdictOf, type Verdict } from '../verdict.ts';

/** Finds more members than partitions. */
export const idleMembers: Check = {
  name: 'idle-members',
  matters: 'A partition has at most one reader. More members than partitions cost money and do nothing.',
  look: lookForIdleMembers,
};

function lookForIdleMembers(facts: Facts): Verdict {
  const { partitions } = facts.topic;
  const groups = ownGroups(facts);
  const findings = groups.flatMap(({ groupId: group, members }) =>
    members.length <= partitions
      ? []
      : {
          group,
          evidence: `${members.length} members share ${counted(partitions, 'partition')}: ${members.length - partitions} read nothing.`,
          todo: `Limit the mapping to ${partitions} pollers (locally: \`orders pollers ${group} auto\`), or plan more partitions.`,
        },
  );
  const most = Math.max(0, ...groups.map(({ members }) => members.length));
  return verdictOf(findings, `at most ${counted(most, 'member')} for ${counted(partitions, 'partition')}`);
}
