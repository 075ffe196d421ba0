import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { verdictOf, type Verdict } from '../verdict.ts';

/** Finds two mappings with one group id. */
export const sharedGroup: Check = {
  name: 'shared-group',
  matters:
    'Two mappings with the same group share its partitions, so each function gets only a part of the records.',
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
          todo: 'Give each mapping its own group. A group cannot change in place, so the mapping has to be created again.',
        },
  );
  return verdictOf(findings, `${byGroup.size} groups, each with one mapping`);
}
