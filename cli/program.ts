import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { demoCommand } from './demo.ts';
import { downCommand } from './down.ts';
import { pollersCommand } from './pollers.ts';
import { produceCommand } from './produce.ts';
import { statusCommand } from './status.ts';
import { stockCommand } from './stock-set.ts';
import { upCommand } from './up.ts';

/** The `orders` command line. */
export function ordersProgram(): CommandUnknownOpts {
  const program = new Command('orders')
    .description(
      'Orders through one Kafka topic to three consumer groups on AWS Lambda: locally, or on AWS with --aws.',
    )
    .showHelpAfterError('(orders --help shows what is allowed)');
  for (const command of [
    upCommand(),
    demoCommand(),
    produceCommand(),
    statusCommand(),
    pollersCommand(),
    stockCommand(),
    downCommand(),
  ]) {
    program.addCommand(command);
  }
  return program;
}
