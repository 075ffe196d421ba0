import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { findEnvironment } from '../connection/find-environment.ts';
import type { EnvironmentDescription } from '#msk-local/environment/control/environment-description.ts';
import {
  noteBrokenEnd,
  removeEnvironmentFile,
  requireOwnEnvironmentFile,
} from '../connection/environment-file.ts';
import { EnvironmentBrokenError } from '#msk-local/environment/processes/launch-environment.ts';
import {
  awsEndpointOption,
  consolePortOption,
  environmentOptions,
  minuteOption,
  stageOption,
} from '../environment-flags.ts';
import { awsPortOption, brokerPortOption } from '#msk-local/command/port-flags.ts';
import { wholeNumber } from '#msk-local/command/parse-number.ts';
import { withEnvironment } from '#msk-local/command/with-environment.ts';
import { DEFAULT_ORDERS } from '../demo/default-orders.ts';

/** What a started environment is for. Its modules are loaded while it starts. */
const workModule = () => import('../demo/stay-up.ts');

const RUN = 'up';
const MOST_ORDERS = 300;

const EXAMPLES = `
Examples:
  npm start                                   starts everything and sends ten test orders
  npm start -- --orders 0                     starts everything with an empty topic
  npm start -- --keep                         continues with the topic, offsets and tables of the last npm start
  npm start -- --broker-port 19092 --aws-port 14566
  npm start -- --minute 2                     shows alarms within seconds: a minute of alarms lasts two seconds
  npm start -- --no-console                   without the page on port 8080
  npm start -- --aws-endpoint http://127.0.0.1:4566    uses an AWS emulator that already runs

It runs until Ctrl-C. From another terminal: npm run orders -- status

Exit code 0 when you stop it; 1 when it fails, for example because its broker ended. The last line has the reason.`;

/** `orders up` (npm start): the whole pipeline on this machine, until Ctrl-C. */
export function upCommand(): CommandUnknownOpts {
  return new Command('up')
    .description('start the whole pipeline on this machine; it runs until Ctrl-C')
    .addOption(
      new Option(
        '--orders <count>',
        `test orders to send after the start (default: ${DEFAULT_ORDERS}; 0 with --keep)`,
      ).argParser(wholeNumber({ minimum: 0, maximum: MOST_ORDERS })),
    )
    .addOption(
      new Option(
        '--keep',
        'continue with the data of the last start; without it, every start begins empty',
      ).conflicts('awsEndpoint'),
    )
    .addOption(brokerPortOption)
    .addOption(awsPortOption)
    .addOption(consolePortOption)
    .option('--no-console', 'do not serve the console')
    .addOption(awsEndpointOption)
    .addOption(stageOption)
    .addOption(minuteOption)
    .addHelpText('after', EXAMPLES)
    .action(async ({ orders, console: withConsole, consolePort, ...flags }) => {
      await refuseSecondEnvironment();
      await requireOwnEnvironmentFile();
      await forgettingAtTheEnd((noteStart) =>
        withEnvironment(
          environmentOptions(flags, RUN),
          async (environment) => {
            noteStart(environment.description);
            const { stayUp } = await workModule();
            return await stayUp(environment, {
              keep: flags.keep === true,
              orders,
              console: withConsole && { port: consolePort },
            });
          },
          async (environment) => {
            const { prepareTables } = await workModule();
            await prepareTables(environment);
          },
          { starting: workModule },
        ),
      );
    });
}

async function refuseSecondEnvironment(): Promise<void> {
  const running = await findEnvironment();
  if (running === undefined) return;
  throw new Error(
    `A local environment already runs, with its broker on ${running.environment.bootstrapServers}. ` +
      'Use it, or stop it first: npm run orders -- down',
  );
}

/**
 * Takes back what tells commands in other terminals of the environment, and leaves them a note in its place when the
 * environment broke. It is the only place that does either: two of them would overtake each other, and the note be lost.
 */
async function forgettingAtTheEnd(
  run: (noteStart: (environment: EnvironmentDescription) => void) => Promise<unknown>,
): Promise<void> {
  let started: EnvironmentDescription | undefined;
  let brokenBecause: string | undefined;
  try {
    await run((environment) => {
      started = environment;
    });
  } catch (error) {
    if (error instanceof EnvironmentBrokenError) brokenBecause = error.message;
    throw error;
  } finally {
    if (started !== undefined) await noteEnd(started, brokenBecause);
  }
}

/** @param brokenBecause - absent when the environment was asked to stop. */
async function noteEnd(environment: EnvironmentDescription, brokenBecause?: string): Promise<void> {
  if (brokenBecause === undefined) await removeEnvironmentFile(environment);
  else await noteBrokenEnd(environment, brokenBecause);
}
