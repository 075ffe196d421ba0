/**
 * `npm run alarms`: replays all series through the alarms of the stage `dev` and prints each result; with `--write` it writes
 * docs/alarms.md and its pictures. It fails when a series came out wrong.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { synthesizeStage } from '../../review/synthesize-stage.ts';
import { readDeployedStage } from './deployed-stage.ts';
import { judgeSeries, type JudgedSeries } from './judge-series.ts';
import { formattedReport } from './report/alarm-report.ts';
import { allSeries } from './series/series.ts';

const PROJECT = join(import.meta.dirname, '../..');

const { values } = parseArgs({ options: { write: { type: 'boolean', default: false } } });
console.log('Synthesizing the stage dev …');
const stage = readDeployedStage(await synthesizeStage(PROJECT, 'dev', {}));
const judged = allSeries.map((series) => {
  const one = judgeSeries(stage, series);
  console.log(outcome(one));
  return one;
});
if (values.write) {
  for (const { path, text } of await formattedReport(stage, judged)) {
    await mkdir(dirname(join(PROJECT, path)), { recursive: true });
    await writeFile(join(PROJECT, path), text);
    console.log(`Written: ${path}`);
  }
}
process.exitCode = judged.every(({ problems }) => problems.length === 0) ? 0 : 1;

function outcome({ series: { id, story }, page, problems }: JudgedSeries): string {
  const paged = page === undefined ? 'nobody is paged' : `page after ${page.latest} min`;
  return problems.length === 0 ? `${id}  ${paged}  (${story})` : `${id}  WRONG: ${problems.join('; ')}`;
}
