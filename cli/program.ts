import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { alarmsCommand } from './commands/alarms.ts';
import { auditCommand } from './commands/audit.ts';
import { consoleCommand } from './commands/console.ts';
import { demoCommand } from './commands/demo.ts';
import { doctorCommand } from './commands/doctor.ts';
import { drillCommand } from './commands/drill.ts';
import { dlqCommand } from './commands/dlq.ts';
import { downCommand } from './commands/down.ts';
import { mappingsCommand } from './commands/mappings.ts';
import { offsetsCommand } from './commands/offsets.ts';
import { pollersCommand } from './commands/pollers.ts';
import { produceCommand } from './commands/produce.ts';
import { redriveCommand } from './commands/redrive.ts';
import { replayCommand } from './commands/replay.ts';
import { smokeCommand } from './commands/smoke.ts';
import { statusCommand } from './commands/status.ts';
import { stockCommand } from './commands/stock-set.ts';
import { topicsCommand } from './commands/topics.ts';
import { upCommand } from './commands/up.ts';

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
    drillCommand(),
    produceCommand(),
    statusCommand(),
    alarmsCommand(),
    consoleCommand(),
    auditCommand(),
    doctorCommand(),
    mappingsCommand(),
    dlqCommand(),
    redriveCommand(),
    replayCommand(),
    offsetsCommand(),
    pollersCommand(),
    stockCommand(),
    topicsCommand(),
    smokeCommand(),
    downCommand(),
  ]) {
    program.addCommand(command);
  }
  return program;
}
