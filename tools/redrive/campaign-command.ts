import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { withTarget } from '../../cli/connection/target-flags.ts';
import { wholeNumber } from '#msk-local/command/parse-number.ts';
import { runCampaign } from './campaign.ts';

const MOST_RECORDS = 100_000;
const MOST_KILLS = 500;
const POISON_EVERY = 50;
const RATE = { perSecond: 100, records: 1_000 };

/** A redrive makes more calls the longer it gets, so the later steps are further apart. */
function killSteps(kills: number): readonly number[] {
  return Array.from({ length: kills }, (_, n) => (n < 40 ? n + 1 : 40 + (n - 39) * 37));
}

/** `npm run redrive-campaign` */
export function campaignCommand(): CommandUnknownOpts {
  return new Command('redrive-campaign')
    .usage('[options]   (npm run redrive-campaign -- [options])')
    .description(
      'kill redrives at many steps, run two at once, and judge; start the environment first: npm start',
    )
    .addOption(
      new Option('--records <n>').argParser(wholeNumber({ least: 100, most: MOST_RECORDS })).default(10_000),
    )
    .addOption(new Option('--keys <n>').argParser(wholeNumber({ least: 1, most: MOST_RECORDS })).default(500))
    .addOption(new Option('--kills <n>').argParser(wholeNumber({ least: 0, most: MOST_KILLS })).default(60))
    .action(async ({ records, keys, kills }) => {
      await withTarget({}, async (target) => {
        const report = await runCampaign(target, {
          run: `campaign-${Date.now()}`,
          records,
          keys,
          poisonEvery: POISON_EVERY,
          killSteps: killSteps(kills),
          rate: RATE,
          say: (line) => {
            console.log(line);
          },
        });
        const { problems, ...figures } = report;
        console.log(JSON.stringify(figures, null, 2));
        for (const problem of problems.slice(0, 20)) console.log(problem);
        if (problems.length > 0) throw new Error(`The campaign found ${problems.length} problems.`);
        console.log(
          'No second effect, none lost, no key turned round; what is poison is held after three tries.',
        );
      });
    });
}
