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
const QUICK_ROUNDS = 2;
const MOST_ROUNDS = 101;

const EXAMPLES = `
Examples:
  npm run bench                        every bench; takes some minutes; results are in bench/results
  npm run bench -- records             one bench
  npm run bench -- --list              the names of the benches, and the question of each
  npm run bench -- --quick             every bench with little work; shows that they run, and the order of magnitude
  npm run bench -- records --rounds 9  more rounds, for a busy machine

The contestants work in turns, and ratios compare them within a round. Compare the ratios of two runs, not the absolute figures.
The first run installs the peers inside bench/peers/, from the npm registry, and Kafka's own tools beside the broker, through Maven.
Exit code 1 if a bench could not run; a missed goal is not an error.`;

/** `npm run bench` */
export function benchCommand(): CommandUnknownOpts {
  return new Command('bench')
    .usage('[options] [name...]   (npm run bench -- [options] [name...])')
    .description('compare the speed of the product with the usual alternatives')
    .argument('[name...]', 'run only these')
    .option('--quick', `little work and ${QUICK_ROUNDS} rounds; results go to bench/results/quick`)
    .addOption(
      new Option('--rounds <count>', `how often each contestant has its turn (default: ${ROUNDS})`).argParser(
        wholeNumber({ minimum: 1, maximum: MOST_ROUNDS }),
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
      throw new Error(
        `No bench is called ${name}. Choose from: ${benches.map((one) => one.name).join(', ')}.`,
      );
    return bench;
  });
}

/** Runs each bench in a process of its own, so that none affects another. */
async function runInOwnProcess({ name }: Bench, { isQuick, rounds }: Settings): Promise<void> {
  const program = join(benchDirectory, 'run-one.ts');
  const { failed } = await execa(process.execPath, [program, name, String(rounds), isQuick ? '1' : '0'], {
    stdio: 'inherit',
    reject: false,
  });
  if (failed) throw new Error(`The bench ${name} could not run. Its error is above.`);
}
