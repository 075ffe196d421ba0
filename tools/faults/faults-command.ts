import { rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Command, Option, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { devAssembly } from '../../cli/order-events-app.ts';
import { plainTable } from '../../cli/terminal/plain-table.ts';
import { wholeNumber } from '../../local/command/parse-number.ts';
import { plant } from './planted/plant.ts';
import type { PlantedBug } from './planted/planted-bug.ts';
import { PLANTED_BUGS } from './planted/planted-bugs.ts';
import { countsText, findingLines, resultTable } from './result-text.ts';
import { runScenario, type ScenarioOptions, type ScenarioResult } from './run-scenario.ts';
import { chooseScenarios, SCENARIOS } from './scenarios/all-scenarios.ts';
import type { Scenario } from './scenarios/scenario.ts';

const DEFAULT_ORDERS = 500;
const DEFAULT_OUTAGE_SECONDS = 60;
const DEFAULT_RECOVERY_SECONDS = 240;
const MOST_ORDERS = 20_000;
const MOST_SECONDS = 7_200;
const LARGEST_SEED = 0xff_ff_ff_ff;

const EXAMPLES = `
Examples:
  npm run faults                                         every scenario; takes about an hour and a half
  npm run faults -- --list                               the names of the scenarios
  npm run faults -- --scenario broker-freeze             one of them
  npm run faults -- --scenario '*-all' --outage 600      every service down for ten minutes
  npm run faults -- --planted                            planted bugs; the audit must find each
  npm run faults -- --planted --scenario lost-park       one planted bug
  npm run faults -- --seed 7 --scenario kill-functions   repeats the orders and choices of seed 7

Exit code 1 if something is missing, double or wrong; with --planted, if a planted bug is not found.`;

export function faultsCommand(): CommandUnknownOpts {
  return new Command('faults')
    .description('cause faults in the real environment while orders come in, and audit the result')
    .option('--scenario <name...>', 'run only these; * stands for any text')
    .addOption(
      new Option('--orders <count>', 'orders of each scenario')
        .argParser(wholeNumber({ minimum: 1, maximum: MOST_ORDERS }))
        .default(DEFAULT_ORDERS),
    )
    .addOption(
      new Option('--seed <number>', 'seed of the orders and of all random choices')
        .argParser(wholeNumber({ minimum: 0, maximum: LARGEST_SEED }))
        .default(1),
    )
    .addOption(secondsOption('--outage <seconds>', 'how long a fault lasts', DEFAULT_OUTAGE_SECONDS))
    .addOption(
      secondsOption(
        '--recovery <seconds>',
        'how long the system may take to recover afterwards',
        DEFAULT_RECOVERY_SECONDS,
      ),
    )
    .option('--planted', 'run the planted bugs instead of the scenarios')
    .option('--list', 'print the names of the scenarios and planted bugs, and run nothing')
    .option('--json', 'print the results as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(async ({ scenario: names = [], list, planted, json, outage, recovery, ...size }) => {
      if (list === true) {
        console.log(listText());
        return;
      }
      const times = { faultMs: outage * 1_000, recoverWithinMs: recovery * 1_000 };
      const settings = { ...size, ...times, keepLogs: planted !== true };
      const asJson = json === true;
      // Names are checked before anything starts.
      const work =
        planted === true
          ? runBugs(chooseBugs(names), settings, asJson)
          : runScenarios(chooseScenarios(names), settings, asJson);
      await work(await devAssembly());
    });
}

function secondsOption<const F extends string>(flag: F, what: string, seconds: number) {
  return new Option(flag, what)
    .argParser(wholeNumber({ minimum: 1, maximum: MOST_SECONDS }))
    .default(seconds);
}

function listText(): string {
  return plainTable({
    head: ['name', 'what happens'],
    rows: [
      ...SCENARIOS.map(({ name, story }) => [name, story]),
      ...PLANTED_BUGS.map(({ name, story }) => [`--planted ${name}`, story]),
    ],
  });
}

type Settings = Omit<ScenarioOptions, 'assembly'>;

/** Runs the work with a cloud assembly, and sets the exit code. */
type Work = (assembly: string) => Promise<void>;

function runScenarios(scenarios: readonly Scenario[], settings: Settings, asJson: boolean): Work {
  return async (assembly) => {
    const results: ScenarioResult[] = [];
    for (const scenario of scenarios) {
      console.error(`${scenario.name}: ${scenario.story}`);
      const result = await runScenario(scenario, { ...settings, assembly });
      results.push(result);
      for (const line of findingLines(result)) console.error(line);
    }
    const { seed } = settings;
    console.log(asJson ? JSON.stringify({ seed, results }) : `${resultTable(results)}\nSeed ${seed}.`);
    if (results.some(({ findings }) => findings.length > 0)) process.exitCode = 1;
  };
}

function chooseBugs(names: readonly string[]): readonly PlantedBug[] {
  if (names.length === 0) return PLANTED_BUGS;
  return names.map((name) => {
    const bug = PLANTED_BUGS.find((candidate) => candidate.name === name);
    if (bug === undefined)
      throw new Error(`There is no planted bug ${name}. List them all: npm run faults -- --list`);
    return bug;
  });
}

interface Verdict {
  readonly bug: string;
  readonly found: boolean;
  readonly findings: ScenarioResult['findings'];
}

function runBugs(bugs: readonly PlantedBug[], settings: Settings, asJson: boolean): Work {
  return async (assembly) => {
    const verdicts: Verdict[] = [];
    for (const bug of bugs) {
      console.error(`${bug.name}: ${bug.story}`);
      verdicts.push(await runBug(bug, { ...settings, assembly }));
    }
    console.log(asJson ? JSON.stringify({ seed: settings.seed, verdicts }) : plantedTable(verdicts));
    if (verdicts.some(({ found }) => !found)) process.exitCode = 1;
  };
}

async function runBug(bug: PlantedBug, options: ScenarioOptions): Promise<Verdict> {
  const assembly = bug.patch === undefined ? options.assembly : await plant(options.assembly, bug.patch);
  try {
    const { findings } = await runScenario(bug.scenario, { ...options, assembly }, bug.change);
    return { bug: bug.name, found: findings.some(({ kind }) => kind === bug.finding), findings };
  } finally {
    if (assembly !== options.assembly) await rm(dirname(assembly), { recursive: true, force: true });
  }
}

function plantedTable(verdicts: readonly Verdict[]): string {
  return plainTable({
    head: ['planted bug', 'found', 'findings'],
    rows: verdicts.map(({ bug, found, findings }) => [bug, found ? 'yes' : 'NO', countsText(findings)]),
  });
}
