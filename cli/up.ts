import { Command } from '@commander-js/extra-typings';
import { findEnvironment } from '../local/environment/control-client.ts';
import type { EnvironmentDescription } from '../local/environment/environment-description.ts';
import { removeEnvironmentFile, writeEnvironmentFile } from '../local/environment/environment-file.ts';
import { produceOrders } from './produce.ts';
import { seedCatalogue } from './stock-set.ts';
import { localTarget } from './connection/local-target.ts';
import {
  awsEndpointOption,
  awsPortOption,
  brokerPortOption,
  environmentOptions,
  stageOption,
} from './environment-flags.ts';
import { withEnvironment } from './with-environment.ts';

const RUN = 'up';

/** `orders up` (npm start): the whole pipeline on this machine, until Ctrl-C. */
export function upCommand(): Command {
  return new Command('up')
    .description('start the whole pipeline on this machine and keep it up until Ctrl-C')
    .addOption(brokerPortOption)
    .addOption(awsPortOption)
    .addOption(awsEndpointOption)
    .addOption(stageOption)
    .option('--orders <count>', 'test orders to send when all is up', '10')
    .action(async (flags) => {
      const running = await findEnvironment();
      if (running !== undefined) {
        throw new Error(
          `A local environment runs already (broker ${running.environment.bootstrapServers}). ` +
            'Use it from here, or stop it first: npm run orders -- down',
        );
      }
      await withEnvironment(environmentOptions(flags, RUN), async (environment) => {
        await writeEnvironmentFile(environment.description);
        try {
          await greet(environment.description, Number(flags.orders));
          await environment.ended;
        } finally {
          await removeEnvironmentFile(environment.description);
        }
      });
    }) as unknown as Command;
}
