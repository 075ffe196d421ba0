import { percentText } from '../../lib/topology/partition-growth.ts';
import { plainTable } from '../terminal/plain-table.ts';
import type { GrowthPlan, KeySample } from './plan-growth.ts';

/** A plan for a person. */
export function planText({ topic, from, to, movedShare, sample }: GrowthPlan): string {
  return [
    `${topic}: from ${from} to ${to} partitions`,
    `${percentText(movedShare)} of all keys get another partition: the partition of a key is its hash modulo the number of partitions.`,
    ...(sample === undefined ? ['No records were read.'] : [sampleText(sample)]),
    ORDER_TEXT,
  ].join('\n\n');
}

const ORDER_TEXT = `What that means for the order of a key:
  Records on the topic stay where they are. The next record of a moved key goes to its new partition. Both partitions are
  read at the same time, so the new record may be handled before the old ones. A key keeps its order if every group has
  handled all records before the first record with the new partitioning arrives. orders topics grow ensures that.`;

function sampleText({ records, withoutKey, keys, moved, elsewhere, partitions }: KeySample): string {
  const known = keys - elsewhere;
  return [
    `Keys in the newest ${records} records: ${known}, of which ${moved} move${known === 0 ? '' : ` (${percentText(moved / known)})`}.`,
    plainTable({
      head: ['partition', 'keys', 'stay', 'move', 'to'],
      rows: partitions.map((one) => [
        one.partition,
        one.keys,
        one.keys - one.moved,
        one.moved,
        one.to.join(', '),
      ]),
      alignRight: [0, 1, 2, 3],
    }),
    ...(withoutKey === 0 ? [] : [`Records without a key, whose order does not matter: ${withoutKey}.`]),
    ...(elsewhere === 0
      ? []
      : [
          `Other keys, which are not where Kafka's partitioner would put them: ${elsewhere}. They were sent with another ` +
            'partitioner, or before an earlier growth.',
        ]),
  ].join('\n');
}

/** Lists the tasks for people after a topic has grown. */
export function afterGrowthText(
  topic: string,
  { from, to }: { readonly from: number; readonly to: number },
): string {
  return `What you have to do next:
  1. Start the producers again. A producer that kept running reads the number of partitions every five
     minutes (metadata.max.age.ms), and until then sends keys to their old partitions.
  2. Write the growth into lib/topology/topology.ts; otherwise the next start and the next deployment refuse ${topic}:
       partitions: ${to},
       partitionHistory: [ … { kind: 'grown', partitions: ${to}, migration: 'docs/growing-the-topic.md' } ],
  3. If you need more pollers, raise pollers.maximum in lib/config: a mapping can now have ${to} instead of ${from}.`;
}

/** Lists the steps on AWS, where a deployment adds the partitions. */
export function awsGrowthText(plan: {
  readonly topic: string;
  readonly stage: string;
  readonly from: number;
  readonly to: number;
  readonly groups: readonly string[];
}): string {
  const { topic, stage, from, to, groups } = plan;
  return `On AWS, CloudFormation adds the partitions of ${topic}, from ${from} to ${to}. Follow these steps, so that each key keeps its order:
  1. Look at the keys that move: orders topics plan --partitions ${to} --aws --stage ${stage}
  2. Stop all producers.
  3. Wait until these groups have lag 0: ${groups.join(', ')}.
     Inside the VPC, orders status --aws --stage ${stage} shows it. Elsewhere, look at the metric MaxOffsetLag of each
     mapping in CloudWatch.
  4. In lib/topology/topology.ts write
       partitions: ${to},
       partitionHistory: [ … { kind: 'grown', partitions: ${to}, migration: 'docs/growing-the-topic.md' } ],
     and change no other setting of the topic: MSK accepts one change at a time.
  5. npx cdk deploy order-events-${stage}-streaming -c stage=${stage}, with the context of your other deployments.
  6. Wait until each group has the new partitions: orders status --aws --stage ${stage}
  7. Start the producers again. A producer that kept running reads the number of partitions every five minutes
     (metadata.max.age.ms), and until then sends keys to their old partitions.`;
}
