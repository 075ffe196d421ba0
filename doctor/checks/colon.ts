import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { groupsOfTopic } from '../groups.ts';
import { counted, verdictOf, type Verdict } from '../verdict.ts';

/**
 * A colon in a group id.
 * @see https://docs.aws.amazon.com/msk/latest/developerguide/consumer-lag.html
 */
export const colon: Check = {
  name: 'colon',
  matters:
    'MSK publishes no lag for a group whose id has a colon or non-ASCII letters, so no alarm can ever see it.',
  look: lookForColons,
};

function lookForColons(facts: Facts): Verdict {
  const ids = new Set([
    ...groupsOfTopic(facts).map(({ groupId }) => groupId),
    ...(facts.mappings.kind === 'known' ? facts.mappings.value.map(({ groupId }) => groupId) : []),
  ]);
  const findings = [...ids]
    .filter((id) => /[^\u0020-\u0039\u003b-\u007e]/.test(id))
    .map((group) => ({
      group,
      evidence: `its id is "${group}".`,
      todo: 'Choose another id. The new group begins at its configured starting position, so note the offsets of the old group first.',
    }));
  return verdictOf(findings, `${counted(ids.size, 'group id')}, none with a colon`);
}
