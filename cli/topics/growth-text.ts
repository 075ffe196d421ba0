import { percentText } from '../../lib/topology/partition-growth.ts';
import { plainTable } from '../terminal/plain-table.ts';
import type { GrowthPlan, KeySample } from './plan-growth.ts';

/** A plan for a person. */
export function planText({ topic, from, to, movedShare, sample }: GrowthPlan): string {
  return [
    `${topic}: from ${from} to ${to} partitions`,
    `${percentText(movedShare)} of all keys get another partition: the partition of a key is its hash modulo the number of partitions.`,
    ...(sample === undefined ? ['There are no records to look at.'] : [sampleText(sample)]),
    ORDER_TEXT,
  ].join('\n\n');
}

const ORDER_TEXT = `What that means for order:
  Records that are on the topic stay where they are. The next record of a key that moves goes to its new partition, which
  is read beside the old one: the new record may be handled before the old ones. The order of one key is kept when every
  group has handled all records before the first one of the new partitioning comes in. orders topics grow does it so.`;

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
    ...(withoutKey === 0 ? [] : [`Records without a key, which have no order to lose: ${withoutKey}.`]),
    ...(elsewhere === 0
      ? []
      : [
          `Keys beside these that do not lie where Kafka's own partitioner puts them: ${elsewhere}. They were sent with another ` +
            'partitioner, or before an earlier growth.',
        ]),
  ].join('\n');
}

/** What is left to do for people when a topic has grown. */
export function afterGrowthText(
  topic: string,
  { from, to }: { readonly from: number; readonly to: number },
): string {
  return `What is left to do:
  1. Start the producers again. One that kept running asks for the number of partitions every five minutes
     (metadata.max.age.ms), and until then sends keys to their old partitions.
  2. Write it down in lib/topology/topology.ts, or the next start and the next deployment refuse ${topic}:
       partitions: ${to},
       partitionHistory: [ … { kind: 'grown', partitions: ${to}, migration: 'docs/growing-the-topic.md' } ],
  3. The most pollers of a mapping may now be ${to} instead of ${from}: pollers.maximum in lib/config.`;
}

/** What to do on AWS, where a deployment adds the partitions. */
export function awsGrowthText(plan: {
  readonly topic: string;
  readonly stage: string;
  readonly from: number;
  readonly to: number;
  readonly groups: readonly string[];
}): string {
  const { topic, stage, from, to, groups } = plan;
  return `CloudFormation adds the partitions of ${topic} on AWS, ${from} to ${to}. In this order, so that each key keeps its order:
  1. Look at what moves: orders topics plan --partitions ${to} --aws --stage ${stage}
  2. Stop all producers.
  3. Wait until these groups have lag 0: ${groups.join(', ')}.
     orders status --aws --stage ${stage} shows it from inside the VPC; elsewhere, the metric MaxOffsetLag of each mapping
     in CloudWatch.
  4. In lib/topology/topology.ts write
       partitions: ${to},
       partitionHistory: [ … { kind: 'grown', partitions: ${to}, migration: 'docs/growing-the-topic.md' } ],
     and change no other setting of the topic: MSK takes one change a request.
  5. npx cdk deploy order-events-${stage}-streaming -c stage=${stage}, with the context of your other deployments.
  6. Wait until each group has the new partitions: orders status --aws --stage ${stage}
  7. Start the producers again. One that kept running asks for the number of partitions every five minutes
     (metadata.max.age.ms), and until then sends keys to their old partitions.`;
}
