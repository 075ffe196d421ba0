import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { moveOffsets } from '../../functions/redrive/operations/move-offsets.ts';
import { planOffsets, type OffsetPlan } from '../../functions/redrive/operations/plan-offsets.ts';
import type { ConsumerName } from '../../lib/topology/topology.ts';
import type { Target } from '../connection/target.ts';
import { awsFlag, stageFlag, withTarget } from '../connection/target-flags.ts';
import { partitionOption } from '../dead-letters/redrive-flags.ts';
import { openConsumerMapping } from '../mappings/consumer-mapping.ts';
import { offsetTarget, shiftOption, timeOption } from '../offsets/offset-flags.ts';
import { offsetPlanText } from '../offsets/offset-text.ts';
import { consumerArgument } from '../operations/consumer-argument.ts';
import { runOperation } from '../operations/run-operation.ts';

const EXAMPLES = `
Examples:
  orders mappings pause billing
  orders offsets move billing --to-time 2h              shows what would change
  orders offsets move billing --to-time 2h --yes        changes it
  orders offsets move billing --to-time 2026-11-30T08:00:00Z --partition 3
  orders offsets move billing --shift-by=-100 --yes     moves back by 100 records in each partition
  orders offsets move billing --to-latest --yes         skips all records on the topic
  orders mappings resume billing
  orders offsets move billing --to-earliest --aws --stage prod

The mapping must be disabled, and the group must have no members. The new offsets are always within the records on the topic.
To handle records again without moving offsets, use orders replay.`;

/** `orders offsets`: lets a group go on somewhere else. */
export function offsetsCommand(): CommandUnknownOpts {
  return new Command('offsets')
    .description('move the committed offsets of a consumer whose mapping is paused')
    .addCommand(moveCommand())
    .addHelpText('after', EXAMPLES);
}

function moveCommand(): CommandUnknownOpts {
  return new Command('move')
    .description(
      'move the committed offsets of a consumer; shows the effect, and changes nothing without --yes',
    )
    .addArgument(consumerArgument)
    .addOption(timeOption)
    .addOption(shiftOption)
    .addOption(new Option('--to-earliest', 'to the first record on the topic'))
    .addOption(new Option('--to-latest', 'to the end, after the last record'))
    .addOption(partitionOption)
    .option('--yes', 'move the offsets')
    .option('--json', 'print one JSON object')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', EXAMPLES)
    .action(async (consumer, { json, yes, aws, stage, partition, ...flags }) => {
      const target = offsetTarget(flags, Date.now());
      await withTarget({ aws, stage }, async (where) => {
        await requirePaused(where, consumer);
        const plan = await runOperation(where, planOffsets, {
          operation: 'planOffsets',
          consumer,
          target,
          ...(partition === undefined ? {} : { partitions: [...partition] }),
        });
        const moved = yes === true ? await move(where, consumer, plan) : undefined;
        console.log(json === true ? JSON.stringify({ ...plan, moved }) : offsetPlanText(plan, moved));
      });
    });
}

/** @throws {Error} when the mapping would go on reading, and commit over the move. */
async function requirePaused(target: Target, consumer: ConsumerName): Promise<void> {
  const mapping = await openConsumerMapping(target, consumer);
  try {
    const { state } = await mapping.read();
    if (state === 'Disabled' && (await mapping.hasFollowed(false))) return;
    throw new Error(
      `The mapping of ${mapping.groupId} is ${state}, and would overwrite the new offsets. Pause it first: orders mappings pause ${consumer}`,
    );
  } finally {
    await mapping.close();
  }
}

async function move(target: Target, consumer: ConsumerName, { moves }: OffsetPlan): Promise<number> {
  return (await runOperation(target, moveOffsets, { operation: 'moveOffsets', consumer, moves })).moved;
}
