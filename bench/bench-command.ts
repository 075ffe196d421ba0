import { join } from 'node:path';
import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { execa } from 'execa';
import { plainTable } from '../cli/terminal/plain-table.ts';
import { wholeNumber } from '../local/command/parse-number.ts';
import { benches } from './benches/all-benches.ts';
import type { Bench, Settings } from './harness/bench.ts';
import { benchDirectory } from './harness/folders.ts';
import { installPeers } from './harness/install-peers.ts';

const ROUNDS = 5;
const QUICK_ROUNDS = 3;
const MOST_ROUNDS = 101;

const EXAMPLES = `
Examples:
  npm run bench                        every bench: some minutes; results are in bench/results
  npm run bench -- records             one of them
  npm run bench -- --list              their names, and the question that each answers
  npm run bench -- --quick             every bench with little work: whether they run, and the order of magnitude
  npm run bench -- records --rounds 9  more rounds, for a machine that is not at rest

Contestants work in turns within each round, and ratios compare them within a round. Compare ratios, not absolute figures of two
runs. What is compared with is installed inside bench/ by the first run, from the npm registry.
Exit code 1 when a bench could not run; a goal that is missed is no error.`;

/** `npm run bench` */
export function benchCommand(): CommandUnknownOpts {
  return new Command('bench')
    .usage('[options] [name...]   (npm run bench -- [options] [name...])')
    .description('measure the product beside what users would pick instead')
    .argument('[name...]', 'run these only')
    .option('--quick', `little work and ${QUICK_ROUNDS} rounds; results go to bench/results/quick`)
    .addOption(
      new Option('--rounds <count>', `how often each contestant has its turn (default: ${ROUNDS})`).argParser(
        wholeNumber({ least: 1, most: MOST_ROUNDS }),
      ),
    )
    .option('--list', 'print the names of the benches, and run nothing')
    .addHelpText('after', EXAMPLES)
    .action(async (names, { quick, rounds, list }) => {
      if (list === true) {
        console.log(listText());
        return;
      }
      const isQuick = quick === true;
      const settings = { isQuick, rounds: rounds ?? (isQuick ? QUICK_ROUNDS : ROUNDS) };
      const chosen = chooseBenches(names);
      await installPeers((line) => {
        console.error(line);
      });
      for (const bench of chosen) await runInOwnProcess(bench, settings);
    });
}

function listText(): string {
  return plainTable({
    head: ['name', 'question'],
    rows: benches.map(({ name, question }) => [name, question]),
  });
}

function chooseBenches(names: readonly string[]): readonly Bench[] {
  if (names.length === 0) return benches;
  return names.map((name) => {
    const bench = benches.find((one) => one.name === name);
    if (bench === undefined)
      throw new Error(`No bench is called ${name}; there are: ${benches.map((one) => one.name).join(', ')}.`);
    return bench;
  });
}

/** What one bench compiled, collected and opened burdens no other. */
async function runInOwnProcess({ name }: Bench, { isQuick, rounds }: Settings): Promise<void> {
  const program = join(benchDirectory, 'run-one.ts');
  const { failed } = await execa(process.execPath, [program, name, String(rounds), isQuick ? '1' : '0'], {
    stdio: 'inherit',
    reject: false,
  });
  if (failed) throw new Error(`The bench ${name} could not run; what it said is above.`);
}
