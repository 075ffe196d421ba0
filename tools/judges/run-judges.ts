/**
 * `npm run check:judges`: runs every judge of templates, permissions and packages on the product and on its planted
 * faults. Writes reports/judges; exits with 1 when there is a finding.
 */
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { listAt, textAt } from '../../lib/guards/json-access.ts';
import {
  acknowledgedBy,
  acknowledgementJudge,
  acknowledgementsFile,
  distinctPairs,
} from './acknowledgements.ts';
import type { Acknowledgement, Acknowledgements } from './acknowledgements.ts';
import { readReport, stages, synthesizeCanary, synthesizeStage, synthesizeVariants } from './assemblies.ts';
import { billOfMaterialsJudge } from './bill-of-materials-judge.ts';
import { cfnLintJudge, waivedEverywhere } from './cfn-lint-judge.ts';
import { hear, objections } from './judge.ts';
import type { Judge } from './judge.ts';
import { licenceJudge } from './licence-judge.ts';
import { lockfileJudge } from './lockfile-judge.ts';
import { countCalls, permissionJudge } from './permission-judge.ts';
import { lines, markdown, summary } from './report.ts';
import type { Report } from './report.ts';
import { secretJudge } from './secret-judge.ts';
import { templateJudge } from './template-judge.ts';

const repository = resolve(import.meta.dirname, '../..');
const installations = join(repository, '.local', 'judges');
const reports = join(repository, 'reports', 'judges');
const assembliesFolder = join(installations, 'assemblies');

const notRun = [
  'npm audit and npm audit signatures: they need the public registry; CI of a published project runs them',
];

await rm(assembliesFolder, { recursive: true, force: true });
await mkdir(assembliesFolder, { recursive: true });
await mkdir(reports, { recursive: true });
await run();

async function run(): Promise<void> {
  const canary = synthesizeCanary(assembliesFolder);
  const ours = Promise.all(stages.map((stage) => synthesizeStage(stage, assembliesFolder)));
  // After the stages, so that not everything runs at once.
  const varied = ours.then(() => synthesizeVariants(assembliesFolder));
  const all = Promise.all([ours, varied]).then((folders) => folders.flat());
  const acknowledged = all.then(readAcknowledgements);
  // The judges that await them report the error; without this handler it would be unhandled until then.
  for (const awaited of [canary, ours, varied, all, acknowledged]) awaited.catch(() => undefined);

  const judges: readonly Judge[] = [
    templateJudge(
      all.then((directories) => Promise.all(directories.map(readReport))),
      canary.then(readReport),
    ),
    acknowledgementJudge(acknowledged),
    cfnLintJudge(installations, all, canary),
    permissionJudge(all),
    secretJudge(repository, ours),
    licenceJudge(repository),
    billOfMaterialsJudge(repository, join(reports, 'bill-of-materials.cdx.json')),
    lockfileJudge(repository),
  ];
  const verdicts = await Promise.all(judges.map(hear));
  await writeReport({
    verdicts,
    acknowledged: distinctPairs(
      await acknowledged.then(
        ({ given }) => given,
        () => [],
      ),
    ),
    simulatedCalls: await ours
      .then(([first]) => (first === undefined ? [] : countCalls(first)))
      .catch(() => []),
    notRun,
  });
  console.log(verdicts.flatMap((verdict) => [summary(verdict), ...lines(verdict)]).join('\n'));
  if (verdicts.some((verdict) => objections(verdict).length > 0)) process.exitCode = 1;
}

async function readAcknowledgements(directories: readonly string[]): Promise<Acknowledgements> {
  const given = await Promise.all(directories.map(readGiven));
  const used = (await Promise.all(directories.map(readReport))).flatMap(acknowledgedBy);
  return { given: [...given.flat(), ...waivedEverywhere], used: [...used, ...waivedEverywhere] };
}

async function readGiven(directory: string): Promise<readonly Acknowledgement[]> {
  const list: unknown = JSON.parse(await readFile(join(directory, acknowledgementsFile), 'utf8'));
  return listAt({ list }, 'list').map((entry) => ({
    rule: textAt(entry, 'rule') ?? '',
    reason: textAt(entry, 'reason') ?? '',
    where: textAt(entry, 'where') ?? '',
  }));
}

async function writeReport(report: Report): Promise<void> {
  await writeFile(join(reports, 'judges.json'), `${JSON.stringify(report, undefined, 2)}\n`);
  await writeFile(join(reports, 'judges.md'), markdown(report));
}
