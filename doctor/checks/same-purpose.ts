import type { GroupReport } from '@order-events/kafka-tools';
import type { Check } from '../check.ts';
import type { ExpectedGroup, Facts, MappingFacts } from '../facts.ts';
import { groupsOfTopic } from '../groups.ts';
import { counted, verdictOf, type Finding, type Verdict } from '../verdict.ts';

/** Finds several groups with the same purpose. */
export const samePurpose: Check = {
  name: 'same-purpose',
  matters:
    'Each group gets every record. A second group for the same work does everything twice, and the lag of an unused group grows for ever.',
  look: lookForSamePurpose,
};

function lookForSamePurpose(facts: Facts): Verdict {
  const foreign = groupsOfTopic(facts).filter(
    ({ groupId }) => !facts.consumers.some((consumer) => consumer.groupId === groupId),
  );
  const alike = foreign.flatMap((group) =>
    facts.consumers.flatMap((consumer) =>
      stemOf(group.groupId) === stemOf(consumer.groupId) ? alikeFinding(group, consumer) : [],
    ),
  );
  const mappings = facts.mappings.kind === 'known' ? facts.mappings.value : [];
  return verdictOf(
    [...alike, ...twiceInvoked(mappings)],
    `${counted(facts.consumers.length, 'group')} of the stage, ${foreign.length} others, none alike`,
  );
}

const WORDS = /^(group|groups|consumer|consumers|service|app|cg|new|old|copy|test|tmp|backup|v?\d+)$/;

/** Reduces a group id to its purpose: `billing` for `billing-group`, `Billing_consumer_2` and `billing-group-v2`. */
function stemOf(groupId: string): string {
  const words = groupId
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '' && !WORDS.test(word))
    .map((word) => word.replace(/s$/, ''));
  return words.join('-');
}

function alikeFinding(
  { groupId, state, members, lag }: GroupReport,
  { name, groupId: own }: ExpectedGroup,
): Finding {
  const behind = lag.kind === 'known' ? `lag ${lag.lag}` : `lag at least ${lag.atLeast}`;
  return {
    group: groupId,
    evidence: `${groupId} (${state}, ${counted(members.length, 'member')}, ${behind}) seems to be for ${name}, which has ${own}.`,
    todo:
      `If it does the work of ${own}, stop its members. If nobody needs it, delete it, so that its lag is no longer watched: ` +
      `kafka-consumer-groups.sh --delete --group ${groupId}. If it does something else, rename it.`,
  };
}

function twiceInvoked(mappings: readonly MappingFacts[]): readonly Finding[] {
  const byFunction = Map.groupBy(mappings, ({ functionName, topic }) => `${topic} to ${functionName}`);
  return [...byFunction].flatMap(([what, ofFunction]) => {
    const groups = [...new Set(ofFunction.map(({ groupId }) => groupId))];
    return groups.length < 2
      ? []
      : {
          evidence: `The mappings of ${what} have ${groups.length} groups: ${groups.join(', ')}.`,
          todo: 'Delete the mapping that is not in the template. Until then, each record invokes the function once for each group.',
        };
  });
}
