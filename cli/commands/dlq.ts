import { readFile } from 'node:fs/promises';
import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { fixRecord } from '../../functions/redrive/operations/fix.ts';
import { readJournal } from '../../functions/redrive/operations/journal.ts';
import { listLetters } from '../../functions/redrive/operations/list.ts';
import { showLetter } from '../../functions/redrive/operations/show.ts';
import { awsFlag, stageFlag, withTarget } from '../connection/target-flags.ts';
import { fixText } from '../dead-letters/fix-text.ts';
import { journalText } from '../dead-letters/journal-text.ts';
import { listText } from '../dead-letters/list-text.ts';
import { showText } from '../dead-letters/show-text.ts';
import { consumerArgument } from '../operations/consumer-argument.ts';
import { runOperation } from '../operations/run-operation.ts';
import { whoAmI } from '../operations/who.ts';
import { withProgress } from '../operations/with-progress.ts';
import { wholeNumber } from '#msk-local/command/parse-number.ts';

const LIST_EXAMPLES = `
Examples:
  orders dlq list billing
  orders dlq list billing --json | jq '.rows[] | select(.state == "held")'
  orders dlq list billing --aws --stage prod      through the function in the VPC; works from anywhere

An id is <partition>:<offset>; for a batch that Lambda discarded, it is a range of offsets. "Hours left" is the time until the
topic deletes the records of the batch. Listing hides each message from other readers for at most 30 s.`;

/** `orders dlq`: what is in the dead-letter queues. */
export function dlqCommand(): CommandUnknownOpts {
  return new Command('dlq')
    .description('look into the dead-letter queue of a consumer, correct a record, read the journal')
    .addCommand(listCommand())
    .addCommand(showCommand())
    .addCommand(fixCommand())
    .addCommand(journalCommand());
}

function listCommand(): CommandUnknownOpts {
  return new Command('list')
    .description(
      'list parked records and discarded batches, one row for each, even if it has several messages',
    )
    .addArgument(consumerArgument)
    .option('--json', 'print one JSON object')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', LIST_EXAMPLES)
    .action(async (consumer, { json, ...flags }) => {
      await withTarget(flags, async (target) => {
        const list = await withProgress((tell) =>
          runOperation(target, listLetters, { operation: 'list', consumer }, tell),
        );
        console.log(json === true ? JSON.stringify(list) : listText(list));
      });
    });
}

const SHOW_EXAMPLES = `
Examples:
  orders dlq show billing 3:1042              one record, decoded; contact data is masked
  orders dlq show billing 3:1042 --contact    with e-mail addresses and phone numbers
  orders dlq show billing 3:1000-1499         the first records of a batch that Lambda discarded`;

function showCommand(): CommandUnknownOpts {
  return new Command('show')
    .description('show one row with its decoded record')
    .addArgument(consumerArgument)
    .argument('<id>', 'id from orders dlq list')
    .option('--contact', 'show e-mail addresses and phone numbers unmasked')
    .option('--json', 'print one JSON object')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', SHOW_EXAMPLES)
    .action(async (consumer, id, { contact, json, ...flags }) => {
      await withTarget(flags, async (target) => {
        const request = { operation: 'show', consumer, id, contact: contact === true } as const;
        const shown = await withProgress((tell) => runOperation(target, showLetter, request, tell));
        console.log(json === true ? JSON.stringify(shown) : showText(shown));
      });
    });
}

const FIX_EXAMPLES = `
Examples:
  orders dlq show billing 3:1042 --contact --json | jq .records[0].value > corrected.json
  orders dlq fix 3:1042 --file corrected.json

The corrected event is a complete CloudEvent of the same order. It gets a new id, and "corrects" with the id of the old event.
It goes to all consumers. A consumer that applied the original does nothing, so the order has its effect once. The original
stays in the queues, marked as superseded, and is not redriven again.`;

function fixCommand(): CommandUnknownOpts {
  return new Command('fix')
    .description('publish a corrected event in place of a record that cannot succeed')
    .argument('<id>', '<partition>:<offset>, from orders dlq list')
    .requiredOption('--file <corrected.json>', 'the corrected event')
    .option('--json', 'print one JSON object')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', FIX_EXAMPLES)
    .action(async (id, { file, json, ...flags }) => {
      const event: unknown = await readJson(file);
      await withTarget(flags, async (target) => {
        const by = await whoAmI(target);
        const fixed = await withProgress((tell) =>
          runOperation(target, fixRecord, { operation: 'fix', id, event, by }, tell),
        );
        console.log(json === true ? JSON.stringify(fixed) : fixText(fixed));
      });
    });
}

const JOURNAL_EXAMPLES = `
Examples:
  orders dlq journal billing
  orders dlq journal billing --last 200 --json

The journal is kept for 90 days. It contains offsets and outcomes, but no content of records.`;

const JOURNAL_LAST = 20;

function journalCommand(): CommandUnknownOpts {
  return new Command('journal')
    .description('show who did what to the dead letters of a consumer, and the result for each record')
    .addArgument(consumerArgument)
    .addOption(
      new Option('--last <n>', 'number of entries to show, the newest first')
        .argParser(wholeNumber({ minimum: 1, maximum: 1_000 }))
        .default(JOURNAL_LAST),
    )
    .option('--json', 'print one JSON object')
    .addOption(awsFlag)
    .addOption(stageFlag)
    .addHelpText('after', JOURNAL_EXAMPLES)
    .action(async (consumer, { last, json, ...flags }) => {
      await withTarget(flags, async (target) => {
        const request = { operation: 'journal', consumer, most: last } as const;
        const journal = await withProgress((tell) => runOperation(target, readJournal, request, tell));
        console.log(json === true ? JSON.stringify(journal) : journalText(journal));
      });
    });
}

/** @throws {Error} naming the file, when it cannot be read or is no JSON. */
async function readJson(file: string): Promise<unknown> {
  const text = await readFile(file, 'utf8');
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new Error(
      `${file} is not JSON: write the corrected event into it, in the form that orders dlq show --json prints.`,
    );
  }
}
