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
  orders doctor                        runs every check; watches the groups for 5 seconds
  orders doctor --for 60               watches for a minute, to see members that join and leave
  orders doctor --json | jq '.checks[] | select(.verdict.kind != "ok")'
  orders doctor --aws --stage prod

The doctor changes nothing and joins no group. It keeps its readings for an hour, so it also sees changes between two calls of
orders doctor or orders status. Exit code 1 if a check has a finding. A check that cannot read its data says "unknown" and
why; that is not a finding.`;

/** `orders doctor`: looks for the mistakes that people make with consumer groups. */
export function doctorCommand(): CommandUnknownOpts {
  return new Command('doctor')
    .description('find mistakes with groups, members, offsets and keys, and say what to do about each')
    .addOption(
      new Option('--for <seconds>', 'how long to watch the groups')
        .argParser(wholeNumber({ minimum: 0, maximum: MOST_SECONDS }))
        .default(DEFAULT_SECONDS),
    )
    .option('--json', 'print the results of all checks as one JSON object')
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
