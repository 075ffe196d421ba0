import { Argument, Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { wholeNumber } from '#msk-local/command/parse-number.ts';
import { auditReportText } from './audit.ts';
import { requireLoopback } from '../drill/loopback.ts';
import { drillOf, DRILL_NAMES } from '../drill/all-drills.ts';
import { drillText } from '../drill/drill-text.ts';
import { runDrill } from '../drill/run-drill.ts';
import { randomOf } from '../drill/world/random.ts';
import { World } from '../drill/world/world.ts';
import { awsEndpointOption } from '../environment-flags.ts';
import { devAssembly } from '../order-events-app.ts';

const MOST_ORDERS = 20_000;
const MOST_SECONDS = 7_200;
const LARGEST_SEED = 0xff_ff;

const EXAMPLES = `
Examples:
  orders drill poison                 bad records of every kind, from the topic to the dead-letter queue and back
  orders drill outage                 every service fails in every way, one after the other
  orders drill outage --for 60        each failure lasts a minute
  orders drill crash                  kill -9 ends functions at chosen points
  orders drill intruder               a stranger joins a group and takes its share of the records
  orders drill crash --seed 7 --json

A drill starts a separate environment, with a proxy between the functions and the AWS emulator, and stops it at the end. The
last step is the audit. Exit code 1 if an expected result is missing, or the audit finds something. A drill runs on this
machine only: --aws-endpoint takes a loopback address, and there is no --aws.`;

/** `orders drill`: brings about what goes wrong sooner or later, and shows what becomes of it. */
export function drillCommand(): CommandUnknownOpts {
  return new Command('drill')
    .description('cause a failure on purpose, on this machine, and audit the result')
    .addArgument(new Argument('<name>', 'which drill').choices(DRILL_NAMES))
    .addOption(
      new Option('--orders <count>', 'orders of each part of the drill')
        .argParser(wholeNumber({ minimum: 1, maximum: MOST_ORDERS }))
        .default(100),
    )
    .addOption(
      new Option('--seed <number>', 'decides the orders')
        .argParser(wholeNumber({ minimum: 0, maximum: LARGEST_SEED }))
        .default(1),
    )
    .addOption(secondsOption('--for <seconds>', 'how long a fault lasts', 10))
    .addOption(secondsOption('--recovery <seconds>', 'how long the system may take to recover', 240))
    .option('--json', 'print the report as one JSON object')
    .addOption(awsEndpointOption)
    .addHelpText('after', EXAMPLES)
    .action(async (name, { orders, seed, for: faultSeconds, recovery, json, awsEndpoint }) => {
      if (awsEndpoint !== undefined) requireLoopback(awsEndpoint);
      const drill = drillOf(name);
      const options = {
        orders,
        seed,
        faultMs: faultSeconds * 1_000,
        recoverWithinMs: recovery * 1_000,
        onStep: (what: string) => {
          console.error(`  ${what}`);
        },
      };
      console.error(`${drill.story}\n  a separate environment starts`);
      const world = await World.start({
        assembly: await devAssembly(),
        random: randomOf(~seed),
        awsEndpoint,
      });
      let keepLogs = true;
      try {
        const report = await runDrill(world, drill, options);
        keepLogs = !report.ok;
        console.log(
          json === true ? JSON.stringify(report) : drillText(report, auditReportText(report.audit)),
        );
        if (report.ok) return;
        console.error(`Logs: ${world.directory}`);
        process.exitCode = 1;
      } finally {
        await world.stop({ keepLogs });
      }
    });
}

function secondsOption<const F extends string>(flag: F, what: string, seconds: number) {
  return new Option(flag, what)
    .argParser(wholeNumber({ minimum: 1, maximum: MOST_SECONDS }))
    .default(seconds);
}
