import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { withTarget } from '../../cli/connection/target-flags.ts';
import { wholeNumber } from '#msk-local/command/parse-number.ts';
import { runCampaign } from './campaign.ts';
import { KILL_POINTS } from './kill-points.ts';

const MOST_RECORDS = 100_000;
/** The number of problems to print; further ones usually share a cause. */
const MOST_TOLD = 20;
/**
 * Every n-th record is poison. It has no common divisor with the usual numbers of keys, so that poison and good
 * records share keys.
 */
const POISON_EVERY = 49;
/** The batch size: smaller than a consumer's limit, so that a redrive has many steps at which it can be killed. */
const BATCH_SIZE = 100;
const RATE = { perSecond: 100, records: 1_000 };

/** `npm run redrive-campaign` */
export function campaignCommand(): CommandUnknownOpts {
  return new Command('redrive-campaign')
    .usage('[options]   (npm run redrive-campaign -- [options])')
    .description(
      'kill redrives at many steps, run two at once, and check the results; start the environment first: npm start',
    )
    .addOption(
      new Option('--records <n>')
        .argParser(wholeNumber({ minimum: 100, maximum: MOST_RECORDS }))
        .default(10_000),
    )
    .addOption(
      new Option('--keys <n>').argParser(wholeNumber({ minimum: 1, maximum: MOST_RECORDS })).default(500),
    )
    .option('--planted', 'let redrives repeat records that have their effect; the campaign must find it')
    .action(async ({ records, keys, planted }) => {
      await withTarget({}, async (target) => {
        const report = await runCampaign(target, {
          run: `campaign-${Date.now()}`,
          records,
          keys,
          poisonEvery: POISON_EVERY,
          batchSize: BATCH_SIZE,
          killPoints: KILL_POINTS,
          queue: 'memory',
          isPlanted: planted === true,
          rate: RATE,
          say: (line) => {
            console.log(line);
          },
        });
        const { problems, ...figures } = report;
        console.log(JSON.stringify(figures, null, 2));
        for (const problem of problems.slice(0, MOST_TOLD)) console.log(problem);
        console.log(verdict(problems.length, planted === true));
      });
    });
}

/** @throws {Error} when a redrive made a mistake, or a planted mistake was not found. */
function verdict(problems: number, isPlanted: boolean): string {
  if (isPlanted && problems === 0) throw new Error('The campaign did not find the planted mistake.');
  if (isPlanted) return `The planted mistake was found: ${problems} problems.`;
  if (problems > 0) throw new Error(`The campaign found ${problems} problems.`);
  return 'No second effect, no lost record, no key out of order; poison is held after three tries.';
}
