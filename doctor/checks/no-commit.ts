import { rangesText } from '@order-events/kafka-tools';
import type { Check } from '../check.ts';
import type { Facts } from '../facts.ts';
import { knownPartitions, ownGroups, unreadable } from '../groups.ts';
import { verdictOf, type Finding, type Verdict } from '../verdict.ts';

/** Finds partitions with records to which a group never committed. */
export const noCommit: Check = {
  name: 'no-commit',
  matters:
    'Without a commit MSK publishes no lag for the partition, so no alarm sees that nobody reads it, and a new start may begin anywhere.',
  look: lookForMissingCommits,
};

function lookForMissingCommits(facts: Facts): Verdict {
  const reason = unreadable(facts);
  const known = new Set(ownGroups(facts).map(({ groupId }) => groupId));
  const missing = facts.consumers
    .filter(({ groupId }) => !known.has(groupId))
    .map(({ groupId }): Finding => ({
      group: groupId,
      evidence: 'the brokers know no such group.',
      todo: 'Check with `orders status` that its mapping exists and is enabled, and read its last result.',
    }));
  const findings = [...missing, ...ownGroups(facts).flatMap((group) => partitionsWithout(group, facts))];
  if (findings.length === 0 && reason !== undefined) return { kind: 'unknown', reason };
  return verdictOf(findings, 'every group has committed in every partition with records');
}

function partitionsWithout(
  group: ReturnType<typeof ownGroups>[number],
  { topic }: Facts,
): readonly Finding[] {
  const without = knownPartitions(group, topic.name).filter(
    ({ lag }) => lag.committed === undefined && lag.end > lag.start,
  );
  if (without.length === 0) return [];
  const records = without.reduce((sum, { lag }) => sum + lag.lag, 0);
  return [
    {
      group: group.groupId,
      evidence: `no commit on partitions ${rangesText(without.map(({ partition }) => partition))}, which have ${records} records.`,
      todo: 'A poller that reads them commits with its first batch, so run the doctor again. If the finding stays, `orders status` shows who is assigned.',
    },
  ];
}
