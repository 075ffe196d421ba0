import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { awsFlag, stageFlag, withTarget } from '../connection/target-flags.ts';
import { runSmoke } from '../smoke/run-smoke.ts';
import { progressLine } from '../terminal/progress-line.ts';

const EXAMPLES = `
Examples:
  npm run smoke -- --stage dev       a stage on AWS, from anywhere, because it does not talk to the brokers
  npm run orders -- smoke            the local environment

The ten orders go to the mailbox simulator of Amazon SES, contain no telephone number, and use SKUs that no stock table
contains. On AWS the command waits up to fifteen minutes for metrics. Exit code 1 if something is missing.`;

/** `orders smoke` (npm run smoke): whether a stage that was deployed does its work. */
export function smokeCommand(): CommandUnknownOpts {
  return new Command('smoke')
    .description('test a deployed stage with ten orders, and say what is missing')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', EXAMPLES)
    .action(async (flags) => {
      await withTarget(flags, async (target) => {
        const progress = progressLine(process.stderr, () => performance.now());
        const found: string[] = [];
        const onWait = (missing: readonly string[]): void => {
          progress.update(`Waiting: ${missing[0] ?? ''}`);
        };
        for await (const { fine, problems } of runSmoke(target, onWait)) {
          progress.done();
          console.log(problems.length === 0 ? `ok       ${fine}` : problems.map(asMissing).join('\n'));
          found.push(...problems);
        }
        if (found.length > 0)
          throw new Error(`The smoke test of ${target.name} found ${found.length} problems.`);
        console.log(`The smoke test of ${target.name} found nothing missing.`);
      });
    });
}

function asMissing(problem: string): string {
  return `missing  ${problem}`;
}
