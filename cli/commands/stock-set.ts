import {
  Argument,
  Command,
  InvalidArgumentError,
  type CommandUnknownOpts,
} from '@commander-js/extra-typings';
import { SKU_PATTERN } from '../../functions/kernel/order-event-limits.ts';
import { CATALOGUE } from '../orders/catalogue.ts';
import { withTableClient } from '../connection/aws-clients.ts';
import type { Target } from '../connection/target.ts';
import { awsFlag, stageFlag, withTarget } from '../connection/target-flags.ts';
import { wholeNumber } from '#msk-local/command/parse-number.ts';
import { plainTable } from '../terminal/plain-table.ts';
import { readStock, writeStock, type StockLevel } from './stock-table.ts';

const MOST_PIECES = 1_000_000_000;

const EXAMPLES = `
Examples:
  orders stock list
  orders stock set TEA-SENCHA 3             the fourth ordered piece becomes a back-order
  orders stock set TEA-SENCHA 500 --aws --stage prod

Reserved pieces do not change.`;

/** `orders stock`: what the inventory service has to give away. */
export function stockCommand(): CommandUnknownOpts {
  return new Command('stock')
    .description('show or set how many pieces of a product are in stock')
    .addCommand(setCommand())
    .addCommand(listCommand())
    .addHelpText('after', EXAMPLES);
}

function setCommand(): CommandUnknownOpts {
  return new Command('set')
    .description('set how many pieces of a product can be ordered, and show the new stock')
    .addArgument(
      new Argument('<sku>', `such as ${CATALOGUE[0]?.sku}; a new sku is added`).argParser(parseSku),
    )
    .addArgument(
      new Argument('<available>', 'pieces that can be ordered').argParser(
        wholeNumber({ minimum: 0, maximum: MOST_PIECES }),
      ),
    )
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', EXAMPLES)
    .action(async (sku, available, flags) => {
      await withTarget(flags, async (target) => {
        console.log(stockText([await setStock(target, { sku, available })]));
      });
    });
}

function listCommand(): CommandUnknownOpts {
  return new Command('list')
    .description('show the stock of every product; reads the whole inventory table')
    .option('--json', 'print one JSON object')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', EXAMPLES)
    .action(async ({ json, ...flags }) => {
      await withTarget(flags, async (target) => {
        const stock = await listStock(target);
        console.log(json === true ? JSON.stringify({ stock }) : stockText(stock));
      });
    });
}

/** Sets what is available of a sku; what is reserved stays. @returns the level after it. */
async function setStock(target: Target, level: Pick<StockLevel, 'sku' | 'available'>): Promise<StockLevel> {
  return await withTableClient(target, (client) =>
    writeStock(client, target.outputs.tableNames.inventory, level),
  );
}

/** Gives every product of the catalogue its initial stock. */
export async function seedCatalogue(target: Target): Promise<readonly StockLevel[]> {
  const tableName = target.outputs.tableNames.inventory;
  return await withTableClient(target, (client) =>
    Promise.all(
      CATALOGUE.map(({ sku, initialStock }) =>
        writeStock(client, tableName, { sku, available: initialStock }),
      ),
    ),
  );
}

/** Reads the pieces of every product. */
export async function listStock(target: Target): Promise<readonly StockLevel[]> {
  return await withTableClient(target, (client) => readStock(client, target.outputs.tableNames.inventory));
}

function stockText(stock: readonly StockLevel[]): string {
  if (stock.length === 0) return 'No product has any stock yet. Set one: orders stock set <sku> <available>';
  return plainTable({
    head: ['sku', 'available', 'reserved'],
    rows: stock.map(({ sku, available, reserved }) => [sku, available, reserved]),
    alignRight: [1, 2],
  });
}

function parseSku(text: string): string {
  if (SKU_PATTERN.test(text)) return text;
  throw new InvalidArgumentError(
    'A sku is 1 to 64 letters, digits or any of . _ : @ + = - and begins with a letter or digit.',
  );
}
