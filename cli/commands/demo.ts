import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import type { AuditOptions } from '../../audit/index.ts';
import { localTarget } from '../connection/local-target.ts';
import { demoText } from '../demo/demo-text.ts';
import { awsEndpointOption, environmentOptions, runDirectory, stageOption } from '../environment-flags.ts';
import { awsPortOption, brokerPortOption } from '#msk-local/command/port-flags.ts';
import { wholeNumber } from '#msk-local/command/parse-number.ts';
import { removeOwnFolder } from '#msk-local/helpers/own-folder.ts';
import { CATALOGUE, CATALOGUE_CURRENCY } from '../orders/catalogue.ts';
import { auditReportText, auditTarget } from './audit.ts';
import { holdsEarlierData } from '../demo/earlier-data.ts';
import { readEffects } from '../demo/read-effects.ts';
import { lastErrors } from '../demo/last-errors.ts';
import { placeTestOrders } from '../demo/place-test-orders.ts';
import { prepareTables } from '../demo/prepare-tables.ts';
import { withEnvironment } from '#msk-local/command/with-environment.ts';

const MOST_ORDERS = 300;

const EXAMPLES = `
Examples:
  npm run demo                    start, send ten orders, check the results, stop
  npm run demo -- --json          print the counts as one JSON object, on the last line
  npm run demo -- --orders 200

The demo ends with an audit, which shares no code with the services: orders audit --help

Exit code 0 if every order has its invoice, reservation, e-mail and SMS, every group has read all records, and the audit
finds nothing. Otherwise exit code 1, and the output says what is missing.`;

/** The audit knows what was in stock, as every demo begins with an empty inventory. */
const DEMO_STOCK: AuditOptions = {
  currency: CATALOGUE_CURRENCY,
  initialStock: new Map(CATALOGUE.map(({ sku, initialStock }) => [sku, initialStock])),
};

const NO_AUDIT =
  'skipped, because the AWS endpoint has data of earlier runs, and no topic here has their records.';

/** `orders demo`: starts the pipeline, sends orders through it, checks what came out, takes everything down. */
export function demoCommand(): CommandUnknownOpts {
  return new Command('demo')
    .description('start the whole pipeline, send test orders through it, check the results, and stop it')
    .addOption(
      new Option('--orders <count>', 'orders to send')
        .argParser(wholeNumber({ minimum: 1, maximum: MOST_ORDERS }))
        .default(10),
    )
    .option('--json', 'print the counts as one JSON object, on the last line')
    .addOption(brokerPortOption)
    .addOption(awsPortOption)
    .addOption(awsEndpointOption)
    .addOption(stageOption)
    .addHelpText('after', EXAMPLES)
    .action(async ({ orders, json, ...flags }) => {
      const run = `demo-${process.pid}`;
      const reports = await withEnvironment(
        environmentOptions(flags, run),
        async ({ description }) => {
          const target = localTarget(description);
          const isAuditable = !holdsEarlierData(await readEffects(target));
          const placed = await placeTestOrders(target, orders);
          const errors = placed.ok ? [] : await lastErrors(description);
          const audited = isAuditable ? await auditTarget(target, DEMO_STOCK) : undefined;
          return { placed, errors, audited };
        },
        prepareTables,
      );
      if (reports === undefined) throw new Error('The demo was stopped before it was complete.');
      const { placed, errors, audited } = reports;
      console.log(
        `${demoText(placed, errors)}\n\nAudit: ${audited === undefined ? NO_AUDIT : auditReportText(audited)}`,
      );
      if (placed.ok && audited?.ok !== false) {
        await removeOwnFolder(runDirectory(run));
      } else {
        console.log(`Logs of the services: ${runDirectory(run)}/logs`);
        process.exitCode = 1;
      }
      if (json === true) console.log(JSON.stringify(placed.summary));
    });
}
