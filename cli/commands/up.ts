import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { findEnvironment } from '../connection/find-environment.ts';
import type { EnvironmentDescription } from '#msk-local/environment/control/environment-description.ts';
import {
  noteBrokenEnd,
  removeEnvironmentFile,
  requireOwnEnvironmentFile,
  writeEnvironmentFile,
} from '../connection/environment-file.ts';
import {
  EnvironmentBrokenError,
  type RunningEnvironment,
} from '#msk-local/environment/processes/launch-environment.ts';
import { localTarget } from '../connection/local-target.ts';
import { demoText } from '../demo/demo-text.ts';
import { addressLines, keptText } from '#msk-local/command/environment-text.ts';
import {
  awsEndpointOption,
  consolePortOption,
  environmentOptions,
  minuteOption,
  stageOption,
} from '../environment-flags.ts';
import { awsPortOption, brokerPortOption } from '#msk-local/command/port-flags.ts';
import { wholeNumber } from '#msk-local/command/parse-number.ts';
import { removeOpeningPage } from '../console/opening-file.ts';
import { startOrdersConsole } from '../console/start-orders-console.ts';
import { lastErrors } from '../demo/last-errors.ts';
import { placeTestOrders } from '../demo/place-test-orders.ts';
import { prepareTables } from '../demo/prepare-tables.ts';
import { withEnvironment } from '#msk-local/command/with-environment.ts';

const RUN = 'up';
const MOST_ORDERS = 300;
const DEFAULT_ORDERS = 10;

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
          (environment) => {
            noteStart(environment.description);
            return stayUp(environment, {
              keep: flags.keep === true,
              orders,
              console: withConsole && { port: consolePort },
            });
          },
          prepareTables,
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

interface Wish {
  readonly keep: boolean;
  readonly orders: number | undefined;
  /** False: no console. */
  readonly console: false | { readonly port: number | undefined };
}

async function stayUp({ description, ended }: RunningEnvironment, wish: Wish): Promise<void> {
  const page = wish.console === false ? undefined : await startOrdersConsole(description, wish.console.port);
  const consoleEndpoint = page?.endpoint;
  try {
    await writeEnvironmentFile({ ...description, consoleEndpoint });
    if (wish.keep) console.log(keptText(description));
    await placeFirstOrders(description, wish);
    console.log(addresses(description, consoleEndpoint));
    console.log('Ready. Ctrl-C stops everything.');
    await ended;
  } finally {
    await page?.close();
    await removeOpeningPage();
  }
}

async function placeFirstOrders(description: EnvironmentDescription, wish: Wish): Promise<void> {
  const orders = wish.orders ?? (description.data === 'new' ? DEFAULT_ORDERS : 0);
  if (orders === 0) return;
  const report = await placeTestOrders(localTarget(description), orders);
  console.log(demoText(report, report.ok ? [] : await lastErrors(description)));
}

function addresses(environment: EnvironmentDescription, consoleEndpoint: string | undefined): string {
  return [
    '',
    ...(consoleEndpoint === undefined
      ? []
      : [`Console         ${consoleEndpoint}   (read-only; with experiments: npm run orders -- console)`]),
    ...addressLines(environment),
    '',
    'From another terminal:',
    '  npm run orders -- status --watch              members, partitions, offsets and lag of every group',
    '  npm run orders -- produce --count 100         more orders',
    '  npm run orders -- pollers billing-group 3     three members share the partitions',
    '',
  ].join('\n');
}
