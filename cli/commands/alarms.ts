import { styleText } from 'node:util';
import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { alarmsText, historyText, type AlarmsTextOptions } from '../alarms/alarms-text.ts';
import { readAlarmHistory, readAlarmStates } from '../alarms/read-alarm-states.ts';
import { withMetricClient } from '../connection/aws-clients.ts';
import { awsFlag, stageFlag, withTarget } from '../connection/target-flags.ts';
import { clearScreen, watchUntilInterrupted } from '../status/watch.ts';

const MOST_CHANGES = 100;

const EXAMPLES = `
Examples:
  orders alarms                        shows every alarm with its state, and the data points that decided
  orders alarms --state ALARM          shows only alarms in ALARM
  orders alarms --watch                shows them every two seconds, until Ctrl-C
  orders alarms --history              shows the last ${MOST_CHANGES} changes, the newest last
  orders alarms --json | jq '.[] | select(.state == "ALARM") | .name'
  orders alarms --aws --stage prod

Locally, the running environment evaluates the alarms of the templates by the rules of CloudWatch. docs/alarms.md explains each
alarm and says what to do about it. To see alarms within seconds: npm start -- --minute 2`;

const STATES = ['ALARM', 'INSUFFICIENT_DATA', 'OK'] as const;

/** What is shown: a value for --json, and the same for a person. */
type Show = (
  client: CloudWatchClient,
  options: AlarmsTextOptions,
) => Promise<{ readonly json: unknown; readonly text: string }>;

/** `orders alarms`: the states of the stage's alarms, and how they changed. */
export function alarmsCommand(): CommandUnknownOpts {
  return new Command('alarms')
    .description('show the state of every alarm and the data points that decided, or the history of states')
    .option('--history', `show the last ${MOST_CHANGES} changes of states`)
    .addOption(
      new Option('--state <state>', 'only alarms in this state').choices(STATES).conflicts('history'),
    )
    .option('--json', 'print JSON (with --watch, one line each time)')
    .option('--watch', 'show it again every two seconds, until Ctrl-C')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', EXAMPLES)
    .action(async ({ history, state, json, watch, ...flags }) => {
      await withTarget(flags, async (target) => {
        const namePrefix = `${target.outputs.namePrefix}-`;
        const show = history === true ? showHistory : showStates(state);
        await withMetricClient(target, async (client) => {
          const draw = async (): Promise<void> => {
            const shown = await show(client, { namePrefix, paint, now: Date.now() });
            if (watch === true && json !== true) clearScreen();
            console.log(json === true ? JSON.stringify(shown.json) : shown.text);
          };
          if (watch === true) await watchUntilInterrupted(draw);
          else await draw();
        });
      });
    });
}

/** Styles nothing when standard output is no terminal, or NO_COLOR is set. */
const paint: AlarmsTextOptions['paint'] = (style, text) => styleText(style, text, { stream: process.stdout });

const showHistory: Show = async (client, options) => {
  const changes = await readAlarmHistory(client, options.namePrefix, MOST_CHANGES);
  return { json: changes, text: historyText(changes, options) };
};

function showStates(state: (typeof STATES)[number] | undefined): Show {
  return async (client, options) => {
    const all = await readAlarmStates(client, options.namePrefix);
    const alarms = all.filter((alarm) => state === undefined || alarm.state === state);
    const none = all.length > 0 && alarms.length === 0;
    return { json: alarms, text: none ? `No alarm is in ${state}.` : alarmsText(alarms, options) };
  };
}
