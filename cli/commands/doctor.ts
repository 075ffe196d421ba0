import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { wholeNumber } from '#msk-local/command/parse-number.ts';
import { diagnosisText } from '../../doctor/index.ts';
import { awsFlag, stageFlag, withTarget } from '../connection/target-flags.ts';
import { runDoctor } from '../doctor/run-doctor.ts';
import { progressLine } from '../terminal/progress-line.ts';

const DEFAULT_SECONDS = 5;
const MOST_SECONDS = 3_600;

const EXAMPLES = `
Examples:
  orders doctor                        every check; it watches the groups for 5 seconds
  orders doctor --for 60               the same for a minute: for members that come and go
  orders doctor --json | jq '.checks[] | select(.verdict.kind != "ok")'
  orders doctor --aws --stage prod

It reads and changes nothing, and joins no group. Readings of the last hour are kept, so that it also sees what moved
between two calls of orders doctor or orders status. Exit code 1 when a check has a finding. A check that could not look
says "unknown" and why, which is no finding.`;

/** `orders doctor`: looks for the mistakes that people make with consumer groups. */
export function doctorCommand(): CommandUnknownOpts {
  return new Command('doctor')
    .description('look for mistakes with groups, members, offsets and keys, and say what to do about each')
    .addOption(
      new Option('--for <seconds>', 'how long to watch the groups')
        .argParser(wholeNumber({ least: 0, most: MOST_SECONDS }))
        .default(DEFAULT_SECONDS),
    )
    .option('--json', 'print what every check says as one JSON object')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', EXAMPLES)
    .action(async ({ for: seconds, json, ...flags }) => {
      await withTarget(flags, async (target) => {
        const progress = progressLine(process.stderr, () => performance.now());
        const diagnosis = await runDoctor(target, {
          forMs: seconds * 1_000,
          onWait: (left) => {
            progress.update(`Watching the groups: ${left} s left`);
          },
        });
        progress.done();
        console.log(json === true ? JSON.stringify(diagnosis) : diagnosisText(diagnosis));
        if (!diagnosis.ok) process.exitCode = 1;
      });
    });
}
