import { styleText } from 'node:util';
import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { awsFlag, stageFlag, withTarget } from '../connection/target-flags.ts';
import { readStatus, type StatusReport } from '../status/status-report.ts';
import { statusText } from '../status/status-text.ts';
import { clearScreen, watchUntilInterrupted } from '../status/watch.ts';

const EXAMPLES = `
Examples:
  orders status                        groups, members, offsets, lag, dead-letter queues
  orders status --watch                the same, every two seconds, until Ctrl-C
  orders status --json | jq '.groups[] | {groupId, lag: .lag.lag}'

The lag of a group that never committed is the number of all records; its committed offset shows "none, from" the first one.
A member without partitions is idle: there are more members than partitions.`;

/** `orders status`: who reads what, and how far they are. */
export function statusCommand(): CommandUnknownOpts {
  return new Command('status')
    .description('show every consumer group: members, partitions, offsets, lag; and the dead-letter queues')
    .option('--json', 'print one JSON object (with --watch, one a line)')
    .option('--watch', 'show it again every two seconds, until Ctrl-C')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', EXAMPLES)
    .action(async ({ json, watch: again, ...flags }) => {
      const print = json === true ? printJson : printText;
      const printAgain = json === true ? printJson : redrawText;
      await withTarget(flags, async (target) => {
        if (again === true) await watchUntilInterrupted(async () => printAgain(await readStatus(target)));
        else print(await readStatus(target));
      });
    });
}

function printJson(report: StatusReport): void {
  console.log(JSON.stringify(report));
}

function printText(report: StatusReport): void {
  console.log(
    statusText(report, {
      // Styles nothing when standard output is no terminal, or NO_COLOR is set.
      paint: (style, text) => styleText(style, text, { stream: process.stdout }),
      now: Date.now(),
    }),
  );
}

function redrawText(report: StatusReport): void {
  clearScreen();
  printText(report);
}
