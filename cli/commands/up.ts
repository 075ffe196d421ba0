import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { findEnvironment } from '../connection/find-environment.ts';
import type { EnvironmentDescription } from 'msk-local/environment/control/environment-description.ts';
import { removeEnvironmentFile, writeEnvironmentFile } from '../connection/environment-file.ts';
import type { RunningEnvironment } from 'msk-local/environment/processes/launch-environment.ts';
import { localTarget } from '../connection/local-target.ts';
import { demoText } from '../demo/demo-text.ts';
import { addressLines } from 'msk-local/command/environment-text.ts';
import { awsEndpointOption, environmentOptions, stageOption } from '../environment-flags.ts';
import { awsPortOption, brokerPortOption } from 'msk-local/command/port-flags.ts';
import { wholeNumber } from 'msk-local/command/parse-number.ts';
import { placeTestOrders } from '../demo/place-test-orders.ts';
import { seedCatalogue } from './stock-set.ts';
import { verifySender } from '../demo/verify-sender.ts';
import { withEnvironment } from 'msk-local/command/with-environment.ts';

const RUN = 'up';
const MOST_ORDERS = 300;

const EXAMPLES = `
Examples:
  npm start                                   everything, with ten test orders
  npm start -- --orders 0                     everything, with an empty topic
  npm start -- --broker-port 19092 --aws-port 14566
  npm start -- --aws-endpoint http://127.0.0.1:4566    with an AWS emulator that runs already

It stays up until Ctrl-C. From another terminal: npm run orders -- status`;

/** `orders up` (npm start): the whole pipeline on this machine, until Ctrl-C. */
export function upCommand(): CommandUnknownOpts {
  return new Command('up')
    .description('start the whole pipeline on this machine and keep it up until Ctrl-C')
    .addOption(
      new Option('--orders <count>', 'test orders to send when all is up')
        .argParser(wholeNumber({ least: 0, most: MOST_ORDERS }))
        .default(10),
    )
    .addOption(brokerPortOption)
    .addOption(awsPortOption)
    .addOption(awsEndpointOption)
    .addOption(stageOption)
    .addHelpText('after', EXAMPLES)
    .action(async ({ orders, ...flags }) => {
      await refuseSecondEnvironment();
      await withEnvironment(environmentOptions(flags, RUN), (environment) => stayUp(environment, orders));
    });
}

async function refuseSecondEnvironment(): Promise<void> {
  const running = await findEnvironment();
  if (running === undefined) return;
  throw new Error(
    `A local environment runs already, with its broker on ${running.environment.bootstrapServers}. ` +
      'Use it from here, or stop it first: npm run orders -- down',
  );
}

async function stayUp({ description, ended }: RunningEnvironment, orders: number): Promise<void> {
  await writeEnvironmentFile(description);
  try {
    const target = localTarget(description);
    await verifySender(description);
    if (orders > 0) console.log(demoText(await placeTestOrders(target, orders)));
    else await seedCatalogue(target);
    console.log(addresses(description));
    console.log('Ready. Ctrl-C stops everything.');
    await ended;
  } finally {
    await removeEnvironmentFile(description);
  }
}

function addresses(environment: EnvironmentDescription): string {
  return [
    '',
    ...addressLines(environment),
    '',
    'From another terminal:',
    '  npm run orders -- status --watch              members, partitions, offsets and lag of every group',
    '  npm run orders -- produce --count 100         more orders',
    '  npm run orders -- pollers billing-group 3     three members share the partitions',
    '',
  ].join('\n');
}
