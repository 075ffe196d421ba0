import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import type { RedriveRequest } from '../../functions/redrive/operations/redrive.ts';
import { rehearseLetters } from '../../functions/redrive/operations/rehearse.ts';
import { awsFlag, stageFlag, withTarget } from '../connection/target-flags.ts';
import {
  firstOption,
  olderOption,
  orderOption,
  partitionOption,
  rateOption,
  reasonOption,
  selectionOf,
  stopAboveOption,
  youngerOption,
} from '../dead-letters/redrive-flags.ts';
import { redriveToEnd } from '../dead-letters/redrive-to-end.ts';
import { rehearsalText } from '../dead-letters/rehearsal-text.ts';
import { redriveText } from '../dead-letters/redrive-text.ts';
import { consumerArgument } from '../operations/consumer-argument.ts';
import { runOperation } from '../operations/run-operation.ts';
import { whoAmI } from '../operations/who.ts';
import { withProgress } from '../operations/with-progress.ts';

const EXAMPLES = `
Examples:
  orders redrive billing                                 redrives all waiting records
  orders redrive billing --rehearse                      shows what would succeed, without effects
  orders redrive billing --first 10 --stop-above 20      begins carefully
  orders redrive billing --reason fails-unexpectedly --rate 50
  orders redrive billing --order 1000 --force            tries a held record of one order again
  orders redrive billing --aws --stage prod              through the function in the VPC; works from anywhere

A redrive passes the records to this consumer only, with their own offsets. It keeps the order of each key: a record that fails
again blocks the later ones. Records that already have their effect are left out. A message is deleted only after its records
succeeded. After three redrives a record is held. You can stop a redrive at any time and start it again. Exit code 1 if
records failed, or another redrive is running.`;

/** `orders redrive`: brings dead letters back to their consumer. */
export function redriveCommand(): CommandUnknownOpts {
  return new Command('redrive')
    .description('send the records of a dead-letter queue to their consumer again')
    .addArgument(consumerArgument)
    .addOption(reasonOption)
    .addOption(orderOption)
    .addOption(partitionOption)
    .addOption(olderOption)
    .addOption(youngerOption)
    .addOption(firstOption)
    .addOption(rateOption)
    .addOption(stopAboveOption)
    .option('--rehearse', 'only show what would succeed, with the code of the deployed consumer')
    .option('--force', 'try held records, too')
    .option('--past-held', 'continue with the records behind a held one of their key')
    .option('--json', 'print one JSON object')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', EXAMPLES)
    .action(async (consumer, { json, rate, stopAbove, force, pastHeld, rehearse, aws, stage, ...flags }) => {
      await withTarget({ aws, stage }, async (target) => {
        const choice = { selection: selectionOf(flags), force: force === true, pastHeld: pastHeld === true };
        if (rehearse === true) {
          const request = { operation: 'rehearse', consumer, ...choice } as const;
          const rehearsed = await withProgress((tell) =>
            runOperation(target, rehearseLetters, request, tell),
          );
          console.log(json === true ? JSON.stringify(rehearsed) : rehearsalText(rehearsed));
          return;
        }
        const request: RedriveRequest = {
          operation: 'redrive',
          consumer,
          by: await whoAmI(target),
          words: wordsOf({ ...flags, rate, stopAbove, force, pastHeld }),
          ...choice,
          ...(rate === undefined ? {} : { perSecond: rate }),
          ...(stopAbove === undefined ? {} : { stopAbovePercent: stopAbove }),
        };
        const answer = await withProgress((tell) => redriveToEnd(target, request, tell));
        console.log(json === true ? JSON.stringify(answer) : redriveText(consumer, answer));
        if (answer.end !== 'done' || answer.counts.failed > 0) process.exitCode = 1;
      });
    });
}

/** The flags as they were given. */
function wordsOf(flags: Readonly<Record<string, unknown>>): string {
  const given = Object.entries(flags).filter(([, value]) => value !== undefined);
  if (given.length === 0) return 'everything';
  return given.map(([name, value]) => (value === true ? name : `${name} ${String(value)}`)).join(', ');
}
