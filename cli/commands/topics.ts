import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { awsFlag, stageFlag, withTarget } from '../connection/target-flags.ts';
import { checkTopic } from '../topics/check-topic.ts';

const EXAMPLES = `
Examples:
  orders topics check
  orders topics check --aws --stage prod

On AWS it asks the MSK API, which answers from outside the VPC too (kafka:DescribeTopic). Exit code 1 when
something differs. CloudFormation does not see a setting that was changed by hand; this does.`;

/** `orders topics`: what holds of the topic, against what is written. */
export function topicsCommand(): CommandUnknownOpts {
  return new Command('topics')
    .description('compare the topic with what the topology says of it')
    .addCommand(checkCommand())
    .addHelpText('after', EXAMPLES);
}

function checkCommand(): CommandUnknownOpts {
  return new Command('check')
    .description("compare the topic's partitions, replicas and settings with the topology")
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', EXAMPLES)
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
