import { setTimeout as sleep } from 'node:timers/promises';
import type { RecordSender, RecordToSend, Sent } from '@order-events/kafka-tools';
import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import type { Target } from '../connection/target.ts';
import { awsFlag, stageFlag, withTarget } from '../connection/target-flags.ts';
import { generateOrders } from '../orders/order-generator.ts';
import type { OrderPlacedWire } from '../../functions/kernel/order-event-schema.ts';
import { decimalNumber, wholeNumber } from '#msk-local/command/parse-number.ts';
import { eventRecords, type EventRecord } from '../produce/event-records.ts';
import { openLedgerFile, type LedgerFile } from '../produce/ledger-file.ts';
import { withOrderSender } from '../produce/order-sender.ts';
import { newRun, recordsToSend, type RecordsToSend } from '../produce/records-to-send.ts';
import { sendRecords, type Clock } from '../produce/send-records.ts';
import { summarize, summaryText } from '../produce/send-summary.ts';
import { progressLine } from '../terminal/progress-line.ts';

/** Bounded, so that brokers which are gone end the command. */
const RETRIES = 8;

const DEFAULT_COUNT = 10;
const MOST_ORDERS = 1_000_000;
const MOST_PER_SECOND = 100_000;
const LARGEST_SEED = 0xff_ff_ff_ff;

const systemClock: Clock = {
  now: () => performance.now(),
  sleep: async (ms) => {
    await sleep(ms);
  },
};

const EXAMPLES = `
Examples:
  orders produce                              sends ten orders
  orders produce --count 600 --rate 20        sends twenty a second, for half a minute
  orders produce --seed 7                     sends the same orders each time, so ids repeat
  orders produce --count 50 --cancel 0.2      cancels about a fifth right after they were placed
  orders produce --file orders.jsonl          sends the events of a file, one JSON text a line
  orders produce --ledger ledger.jsonl        stores the acknowledged events: orders audit --ledger ledger.jsonl
  orders produce --aws --stage prod           sends to the topic on AWS, from inside the cluster's VPC

The key of a record is the order id. The lines of a file are sent unchanged, byte for byte. The key of a line is its "subject"
(CloudEvents). A line without "specversion", such as {"order_id": "1000", "amount": 10}, uses its "order_id". If a line is
not JSON in UTF-8, or too large for the topic, the command names that line and sends nothing.`;

/** `orders produce`: puts orders on the topic. */
export function produceCommand(): CommandUnknownOpts {
  return new Command('produce')
    .description('send orders to the topic, generated or from a file')
    .addOption(
      new Option('--count <orders>', `how many orders to generate (default: ${DEFAULT_COUNT})`).argParser(
        wholeNumber({ minimum: 1, maximum: MOST_ORDERS }),
      ),
    )
    .addOption(
      new Option(
        '--rate <per second>',
        'records a second (default: as fast as the brokers accept them)',
      ).argParser(decimalNumber({ minimum: 0.01, maximum: MOST_PER_SECOND })),
    )
    .addOption(
      new Option(
        '--seed <number>',
        'generate the orders of this seed; the same seed makes the same orders',
      ).argParser(wholeNumber({ minimum: 0, maximum: LARGEST_SEED })),
    )
    .addOption(
      new Option('--cancel <share>', 'share of the orders to cancel right afterwards, from 0 to 1').argParser(
        decimalNumber({ minimum: 0, maximum: 1 }),
      ),
    )
    .addOption(
      new Option('--file <events.jsonl>', 'send the events of this file').conflicts([
        'count',
        'seed',
        'cancel',
      ]),
    )
    .option('--ledger <file>', 'append each acknowledged event to this file, one JSON object a line')
    .option('--json', 'print the summary as one JSON object')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', EXAMPLES)
    .action(async ({ rate, json, ledger, ...flags }) => {
      const wish = await recordsToSend({ ...flags, count: flags.count ?? DEFAULT_COUNT });
      await withTarget(flags, async (target) => {
        const startedAt = performance.now();
        const sent = await sendWithLedger(target, wish, { rate, ledger });
        const summary = summarize(sent, performance.now() - startedAt);
        console.log(json === true ? JSON.stringify(summary) : summaryText(target.outputs.topicName, summary));
      });
    });
}

/** An order that is on the topic, with where it is there. */
export type ProducedOrder = Sent<EventRecord<OrderPlacedWire>>;

/** Generates new orders and sends them. @returns the ledger, in the order of sending. */
export async function produceOrders(target: Target, count: number): Promise<readonly ProducedOrder[]> {
  const orders = generateOrders({ run: newRun(), count, now: () => new Date() });
  return await send(target, { records: eventRecords(orders), expected: count });
}

interface SendingFlags {
  readonly rate: number | undefined;
  readonly ledger: string | undefined;
}

async function sendWithLedger(
  target: Target,
  wish: RecordsToSend,
  { rate, ledger }: SendingFlags,
): Promise<readonly Sent[]> {
  if (ledger === undefined) return await send(target, wish, { ratePerSecond: rate });
  const file = await openLedgerFile(ledger);
  try {
    return await send(target, wish, { ratePerSecond: rate, ledger: file });
  } finally {
    await file.close();
  }
}

interface Sending {
  readonly ratePerSecond?: number | undefined;
  readonly ledger?: LedgerFile;
}

async function send<R extends RecordToSend>(
  target: Target,
  { records, expected }: { readonly records: Iterable<R>; readonly expected: number },
  { ratePerSecond, ledger }: Sending = {},
): Promise<readonly Sent<R>[]> {
  const progress = progressLine(process.stderr, () => performance.now());
  let acknowledged = 0;
  try {
    return await withOrderSender(target, RETRIES, (sender) =>
      sendRecords(records, noting(sender, ledger), { ratePerSecond, clock: systemClock }, (count) => {
        acknowledged = count;
        progress.update(`Sent ${count} of ${Math.max(count, expected)} records`);
      }),
    );
  } catch (error) {
    if (acknowledged > 0) console.error(`${acknowledged} records were acknowledged before this failed:`);
    throw error;
  } finally {
    progress.done();
  }
}

/** Each acknowledged chunk is in the ledger before the next one goes. */
function noting(sender: RecordSender, ledger: LedgerFile | undefined): RecordSender {
  if (ledger === undefined) return sender;
  return {
    send: async (records) => {
      const sent = await sender.send(records);
      await ledger.append(sent);
      return sent;
    },
  };
}
