import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { wholeNumber } from '#msk-local/command/parse-number.ts';
import { topology } from '../../lib/topology/topology.ts';
import type { Target } from '../connection/target.ts';
import { awsFlag, DEFAULT_STAGE, stageFlag, withTarget } from '../connection/target-flags.ts';
import { progressLine } from '../terminal/progress-line.ts';
import { growthPorts } from '../topics/growth-ports.ts';
import { afterGrowthText, awsGrowthText } from '../topics/growth-text.ts';
import { growTopic } from '../topics/grow-topic.ts';
import { requireGrowth } from '../topics/plan-growth.ts';
import { partitionsOption } from './topics-plan.ts';

const DEFAULT_QUIET_SECONDS = 10;
const DEFAULT_PATIENCE_SECONDS = 300;
const A_DAY_SECONDS = 86_400;

const EXAMPLES = `
Examples:
  orders topics grow --partitions 12                  stop the producers first; the command waits for that
  orders topics grow --partitions 12 --aws --stage prod   changes nothing; prints the steps for AWS

The steps:
  1. Wait until nobody writes to the topic, and every group has lag 0.
  2. Add the partitions.
  3. Wait until every group with members has the new partitions.
  4. Print what you have to do next, such as starting the producers again.

If producers or groups are not ready in time, nothing changes. After a crash, run the same command again: it continues where
it stopped. A topic never gets fewer partitions.`;

/** `orders topics grow`: more partitions, and each key keeps its order. */
export function growCommand(): CommandUnknownOpts {
  return new Command('grow')
    .description('add partitions to the topic, step by step, so that each key keeps its order')
    .addOption(partitionsOption())
    .addOption(
      new Option('--quiet <seconds>', 'time without new records after which the producers count as stopped')
        .argParser(wholeNumber({ minimum: 1, maximum: A_DAY_SECONDS }))
        .default(DEFAULT_QUIET_SECONDS),
    )
    .addOption(
      new Option('--wait <seconds>', 'how long to wait for producers and groups')
        .argParser(wholeNumber({ minimum: 1, maximum: A_DAY_SECONDS }))
        .default(DEFAULT_PATIENCE_SECONDS),
    )
    .option(
      '--ignore-group <group...>',
      'do not wait for these groups, such as one that nobody uses any more',
    )
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', EXAMPLES)
    .action(async ({ partitions: to, quiet, wait, ignoreGroup, ...flags }) => {
      await withTarget(flags, async (target) => {
        if (target.kind === 'aws') {
          await printAwsSteps(target, { to, stage: flags.stage ?? DEFAULT_STAGE });
          return;
        }
        await growHere(target, {
          to,
          quietMs: quiet * 1_000,
          patienceMs: wait * 1_000,
          ignoredGroups: new Set(ignoreGroup),
        });
      });
    });
}

async function printAwsSteps(
  { topic: describe, outputs }: Target,
  { to, stage }: { readonly to: number; readonly stage: string },
): Promise<void> {
  const topic = outputs.topicName;
  const { partitions: from } = await describe();
  requireGrowth(topic, from, to);
  const groups = topology.consumers.map(({ consumerGroupId }) => consumerGroupId);
  console.log(awsGrowthText({ topic, stage, from, to, groups }));
}

interface LocalWish {
  readonly to: number;
  readonly quietMs: number;
  readonly patienceMs: number;
  readonly ignoredGroups: ReadonlySet<string>;
}

async function growHere(target: Target, wish: LocalWish): Promise<void> {
  const topic = target.outputs.topicName;
  const progress = progressLine(process.stderr, () => performance.now());
  try {
    const result = await growTopic(
      { topic, ...wish },
      await growthPorts(target, {
        tell: (line) => {
          progress.done();
          console.log(line);
        },
        waiting: (text) => {
          progress.update(text);
        },
      }),
    );
    progress.done();
    if (result.strayRecords > 0) {
      console.error(
        `WARN ${result.strayRecords} records arrived while the topic grew, because a producer was not stopped. The events of ` +
          'their keys may be handled out of order.',
      );
    }
    console.log(`Every group has the new partitions of ${topic}.\n\n${afterGrowthText(topic, result)}`);
  } finally {
    progress.done();
  }
}
