import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { verdictOf, type Verdict } from '../verdict.ts';

/** Two mappings with one group id. */
export const sharedGroup: Check = {
  name: 'shared-group',
  matters: 'Two mappings with one group share its partitions: each function gets only a part of the records.',
  look: lookForSharedGroups,
};

function lookForSharedGroups({ mappings }: Facts): Verdict {
  if (mappings.kind === 'unknown') return mappings;
  const byGroup = Map.groupBy(mappings.value, ({ groupId }) => groupId);
  const findings = [...byGroup].flatMap(([group, sharing]) =>
    sharing.length < 2
      ? []
      : {
          group,
          evidence: `${sharing.length} mappings have this group: ${sharing
            .map(({ uuid, functionName, topic }) => `${uuid} (${topic} to ${functionName})`)
            .join(', ')}.`,
          todo: 'Give each mapping a group of its own. A group cannot be changed in place: the mapping is created anew.',
        },
  );
  return verdictOf(findings, `${byGroup.size} groups, each of one mapping`);
}
