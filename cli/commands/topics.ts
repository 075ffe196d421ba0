import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { awsFlag, stageFlag, withTarget } from '../connection/target-flags.ts';
import { checkTopic } from '../topics/check-topic.ts';
import { growCommand } from './topics-grow.ts';
import { planCommand } from './topics-plan.ts';

const EXAMPLES = `
Examples:
  orders topics check
  orders topics check --aws --stage prod
  orders topics plan --partitions 12        which keys would move, and what that means for order
  orders topics grow --partitions 12        adds the partitions so that each key keeps its order

On AWS, check asks the MSK API, which answers from outside the VPC too (kafka:DescribeTopic). Exit code 1 when
something differs. It finds settings that were changed by hand, which CloudFormation does not see.`;

/** `orders topics`: the topic against what is written, and how it grows. */
export function topicsCommand(): CommandUnknownOpts {
  return new Command('topics')
    .description('compare the topic with the topology, and add partitions')
    .addCommand(checkCommand())
    .addCommand(planCommand())
    .addCommand(growCommand())
    .addHelpText('after', EXAMPLES);
}

function checkCommand(): CommandUnknownOpts {
  return new Command('check')
    .description("compare the topic's partitions, replicas and settings with the topology")
    .addOption(awsFlag)
    .addOption(stageFlag)
    .action(async (flags) => {
      await withTarget(flags, async (target) => {
        const problems = await checkTopic(target);
        const { topicName } = target.outputs;
        if (problems.length > 0)
          throw new Error(`${topicName} is not as the topology says:\n  ${problems.join('\n  ')}`);
        console.log(`${topicName} is as the topology says.`);
      });
    });
}
