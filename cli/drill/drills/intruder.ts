import { readGroups } from '@order-events/kafka-tools';
import type { AuditReport } from '../../../audit/index.ts';
import { consumersByName } from '../../../lib/topology/by-consumer.ts';
import { runDoctor } from '../../doctor/run-doctor.ts';
import type { Drill } from '../drill.ts';
import { intrude, type Intruder, type Intrusion, type Taken } from '../intruder.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { handleAgain } from '../handle-again.ts';

/** The group that a stranger joins: the one whose missing invoices nobody notices by themselves. */
const GROUP = consumersByName.billing.consumerGroupId;

/** A stranger joins a group, takes its share of the records, and leaves. */
export const intruderDrill: Drill = {
  name: 'intruder',
  story: `A stranger joins ${GROUP}, takes its share of the records, and leaves.`,
  run: async (rehearsal) => {
    const { target } = rehearsal.world;
    const at = { brokers: target.brokers.brokers, groupId: GROUP, topic: target.outputs.topicName };
    const intruder = await rehearsal.step('a stranger joins', () => joinAndSettle(rehearsal, at));
    try {
      await rehearsal.step('the doctor finds it', () => expectFinding(rehearsal));
      await rehearsal.step('orders come in, and lag is 0', async () => {
        await rehearsal.sendOrders();
        await rehearsal.recover();
      });
    } finally {
      await intruder.leave();
    }
    await rehearsal.step('the audit lists what it took', async () => {
      compare(rehearsal, await rehearsal.audit(), intruder.taken);
    });
    await rehearsal.step('a replay handles it again', () => handleAgain(rehearsal, GROUP, intruder.taken));
  },
};

async function joinAndSettle(rehearsal: Rehearsal, at: Intrusion): Promise<Intruder> {
  const { target } = rehearsal.world;
  const intruder = await intrude(at);
  await rehearsal.mustCome('A share of the partitions for the stranger', async () => {
    const group = (await readGroups(await target.kafka())).find(({ groupId }) => groupId === at.groupId);
    return (
      group?.state === 'Stable' &&
      group.members.length > 1 &&
      group.members.every(({ partitions }) => partitions.length > 0)
    );
  });
  return intruder;
}

async function expectFinding({ world, problems }: Rehearsal): Promise<void> {
  const { checks } = await runDoctor(world.target, { forMs: 0, onWait: () => undefined });
  const verdict = checks.find(({ name }) => name === 'intruder')?.verdict;
  if (verdict?.kind === 'finding' && verdict.findings.every(({ group }) => group === GROUP)) return;
  problems.push(`The doctor did not find the stranger in ${GROUP}: ${JSON.stringify(verdict)}.`);
}

/**
 * Compares the audit with the records that the foreign member took. Duplicates among them have no effect that could
 * be missing.
 */
function compare({ problems }: Rehearsal, { groups }: AuditReport, taken: readonly Taken[]): void {
  const named = (groups[GROUP]?.neverHandled.ranges ?? []).flatMap(({ partition, first, last }) =>
    Array.from({ length: last - first + 1 }, (_, index) => `${partition}:${first + index}`),
  );
  const seen = new Set(taken.map(({ partition, offset }) => `${partition}:${offset}`));
  const strange = named.filter((place) => !seen.has(place));
  if (named.length === 0) problems.push('The audit lists no record that the stranger took.');
  if (strange.length > 0) {
    problems.push(`The audit lists records that the stranger did not take: ${strange.join(', ')}.`);
  }
}
