/*
 * Runs one bench in a process of its own, so that no bench affects another. node bench/run-one.ts <name> <rounds>
 * <quick: 0 or 1>
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { benches } from './benches/all-benches.ts';
import { peersDirectory, resultsDirectory } from './harness/folders.ts';
import { describeMachine } from './harness/machine.ts';
import { drawChart } from './harness/draw-chart.ts';
import { chartFile, renderMarkdown, renderText, type BenchResult } from './harness/render.ts';
import { runContest, type ContestResult } from './harness/run-contest.ts';

const [name = '', rounds = '', quick = ''] = process.argv.slice(2);
const bench = benches.find((one) => one.name === name);
if (bench === undefined) throw new Error(`No bench is called ${name}.`);

const settings = { isQuick: quick === '1', rounds: Number(rounds) };
const { dependencies } = JSON.parse(await readFile(join(peersDirectory, 'package.json'), 'utf8')) as {
  dependencies: Readonly<Record<string, string>>;
};
const machine = await describeMachine(Object.keys(dependencies));
const contests: ContestResult[] = [];
await bench.run(settings, async (contest) => {
  contests.push(await runContest(contest, settings, (line) => process.stderr.write(`${line}\n`)));
});

const result: BenchResult = { name, question: bench.question, machine, isQuick: settings.isQuick, contests };
const folder = settings.isQuick ? join(resultsDirectory, 'quick') : resultsDirectory;
await mkdir(folder, { recursive: true });
await writeFile(join(folder, `${name}.json`), `${JSON.stringify(result, null, 1)}\n`);
await writeFile(join(folder, `${name}.md`), renderMarkdown(result));
for (const [index, contest] of contests.entries())
  await writeFile(join(folder, chartFile(name, index)), await drawChart(contest));
process.stdout.write(`${renderText(result)}\n`);
