import { openTopicReader } from '@order-events/kafka-tools';
import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { wholeNumber } from '#msk-local/command/parse-number.ts';
import { explainFailure } from '../connection/explain-failure.ts';
import type { Target } from '../connection/target.ts';
import { awsFlag, stageFlag, withTarget } from '../connection/target-flags.ts';
import { progressLine } from '../terminal/progress-line.ts';
import { planText } from '../topics/growth-text.ts';
import { requireGrowth, sampleKeys, type GrowthPlan, type KeySample } from '../topics/plan-growth.ts';

/** Lambda reads no topic with more. @see https://docs.aws.amazon.com/msk/latest/developerguide/limits.html */
const MOST_PARTITIONS = 10_000;
const DEFAULT_RECORDS = 20_000;
const MOST_RECORDS = 1_000_000;

const EXAMPLES = `
Examples:
  orders topics plan --partitions 12
  orders topics plan --partitions 12 --records 200000    reads more of the records on the topic
  orders topics plan --partitions 12 --json
  orders topics plan --partitions 12 --aws --stage prod  reads the keys on the topic only from inside the VPC

The command changes nothing. It refuses fewer partitions, because Kafka cannot remove one.`;

/** `orders topics plan`: which keys another number of partitions moves. */
export function planCommand(): CommandUnknownOpts {
  return new Command('plan')
    .description('show which keys would move to another partition, and what that means for their order')
    .addOption(partitionsOption())
    .addOption(
      new Option('--records <count>', 'how many of the newest records to read')
        .argParser(wholeNumber({ minimum: 1, maximum: MOST_RECORDS }))
        .default(DEFAULT_RECORDS),
    )
    .option('--json', 'print the plan as one JSON object')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', EXAMPLES)
    .action(async ({ partitions: to, records, json, ...flags }) => {
      await withTarget(flags, async (target) => {
        const plan = await planGrowth(target, { to, mostRecords: records });
        console.log(json === true ? JSON.stringify(plan) : planText(plan));
      });
    });
}

/** The flag that says how many partitions there shall be. */
export function partitionsOption() {
  return new Option('--partitions <count>', 'the new number of partitions')
    .argParser(wholeNumber({ minimum: 1, maximum: MOST_PARTITIONS }))
    .makeOptionMandatory();
}

async function planGrowth(
  target: Target,
  { to, mostRecords }: { readonly to: number; readonly mostRecords: number },
): Promise<GrowthPlan> {
  const { topicName } = target.outputs;
  const { partitions: from } = await target.topic();
  const { movedShare } = requireGrowth(topicName, from, to);
  return {
    topic: topicName,
    from,
    to,
    movedShare,
    sample: await readSample(target, { from, to }, mostRecords),
  };
}

/** On AWS the brokers answer inside their VPC only; the plan does without them there. */
async function readSample(
  target: Target,
  growth: { readonly from: number; readonly to: number },
  mostRecords: number,
): Promise<KeySample | undefined> {
  const reader = openTopicReader(target.outputs.topicName, target.brokers);
  const progress = progressLine(process.stderr, () => performance.now());
  try {
    return await sampleKeys(reader, growth, {
      mostRecords,
      note: (records) => {
        progress.update(`Read ${records} of at most ${mostRecords} records`);
      },
    });
  } catch (error) {
    if (target.kind === 'local') throw error;
    console.error(`The keys on the topic could not be read: ${explainFailure(error, target).message}`);
    return undefined;
  } finally {
    progress.done();
    await reader.close();
  }
}
