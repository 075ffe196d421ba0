import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Target } from '../connection/target.ts';
import {
  redriveLetters,
  type RedriveAnswer,
  type RedriveRequest,
} from '../../functions/redrive/operations/redrive.ts';
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
import { rehearsalText } from '../dead-letters/rehearsal-text.ts';
import { redriveText } from '../dead-letters/redrive-text.ts';
import { consumerArgument } from '../operations/consumer-argument.ts';
import { runOperation, type Tell } from '../operations/run-operation.ts';
import { whoAmI } from '../operations/who.ts';
import { withProgress } from '../operations/with-progress.ts';

const EXAMPLES = `
Examples:
  orders redrive billing                                 everything that waits
  orders redrive billing --rehearse                      what would succeed, without effects
  orders redrive billing --first 10 --stop-above 20      a careful beginning
  orders redrive billing --reason fails-unexpectedly --rate 50
  orders redrive billing --order 1000 --force            a held record of one order, once more
  orders redrive billing --aws --stage prod              by the function in the VPC: from anywhere

Records come back to this consumer alone, with their own offsets, in the order of their key: one that fails again holds back
those behind it. What had its effect is left out, and a message is deleted only after its records succeeded. A record is
redriven three times and then held. Stop it whenever you like and start it again. Exit code 1 when records failed, or another
redrive is at work.`;

/** `orders redrive`: brings dead letters back to their consumer. */
export function redriveCommand(): CommandUnknownOpts {
  return new Command('redrive')
    .description('bring the records of a dead-letter queue back to their consumer')
    .addArgument(consumerArgument)
    .addOption(reasonOption)
    .addOption(orderOption)
    .addOption(partitionOption)
    .addOption(olderOption)
    .addOption(youngerOption)
    .addOption(firstOption)
    .addOption(rateOption)
    .addOption(stopAboveOption)
    .option('--rehearse', 'do nothing, and tell what would succeed, by the code of the deployed consumer')
    .option('--force', 'try held records, too')
    .option('--past-held', 'let the records behind a held one of their key go on')
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

/** A call of the function ends before its timeout and says how far it came; then it is called again. */
async function redriveToEnd(target: Target, request: RedriveRequest, tell: Tell): Promise<RedriveAnswer> {
  const reasons: Record<string, number> = {};
  const told: RedriveAnswer['told'] = [];
  let goOn = request.goOn;
  for (;;) {
    const asked = goOn === undefined ? request : { ...request, goOn };
    const answer = await runOperation(target, redriveLetters, asked, tell);
    for (const [reason, count] of Object.entries(answer.reasons))
      reasons[reason] = (reasons[reason] ?? 0) + count;
    told.push(...answer.told);
    if (answer.end !== 'more') return { ...answer, reasons, told };
    const { applied, leftOut, failed } = answer.counts;
    tell(`${applied} applied, ${leftOut} left out, ${failed} failed so far`);
    ({ goOn } = answer);
  }
}
