import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { execa } from 'execa';
import { at, numberAt, textAt } from '../../lib/guards/json-access.ts';
import { regions } from '../../lib/config/regions.ts';
import type { Acknowledgement } from './acknowledgements.ts';
import { installCfnLint } from './cfn-lint-installation.ts';
import type { Finding, Judge } from './judge.ts';

/** The rules of cfn-lint that are off for all templates; they count as acknowledgements. */
export const waivedEverywhere: readonly Acknowledgement[] = [
  {
    rule: 'cfn-lint::W3005',
    reason:
      'The CDK writes the dependency of a function on its role twice, as a reference and as DependsOn: no harm.',
    where: 'every template',
  },
];

const plantedFaults = [
  { fault: 'a topic with PartitionCount 0', rule: 'E3034' },
  { fault: 'a property that does not exist', rule: 'E3002' },
  { fault: 'a mapping without StartingPosition', rule: 'E3633' },
  { fault: 'a type that some of the regions do not have', rule: 'E3006' },
];

/**
 * Judges with cfn-lint, for every region that a stage may name. It has the CloudFormation schemas, and additional
 * rules between properties.
 *
 * @param installations - the folder for the tool itself
 * @see https://github.com/aws-cloudformation/cfn-lint/blob/main/docs/rules.md
 */
export function cfnLintJudge(
  installations: string,
  ours: Promise<readonly string[]>,
  canary: Promise<string>,
): Judge {
  const python = installCfnLint(installations);
  const ofCanary = python.then(async (command) => lint(command, [await canary]));
  // The rejection reaches whoever awaits it; without this handler it would be unhandled until then.
  ofCanary.catch(() => undefined);
  return {
    name: 'cfn-lint',
    examine: async () => lint(await python, await ours),
    canaries: plantedFaults.map(({ fault, rule }) => ({ fault, rule, examine: () => ofCanary })),
  };
}

async function lint(python: string, assemblies: readonly string[]): Promise<readonly Finding[]> {
  const waived = waivedEverywhere.flatMap(({ rule }) => ['--ignore-checks', rule.replace('cfn-lint::', '')]);
  const templates = (await Promise.all(assemblies.map(templatesIn))).flat();
  const { stdout, stderr } = await execa(
    python,
    [
      '-c',
      'from cfnlint.runner import main; main()',
      '--format',
      'json',
      '--regions',
      ...Object.keys(regions),
      ...waived,
      '--template',
      ...templates,
    ],
    { reject: false },
  );
  // Its exit code tells the kinds of findings. Output that is not a list of findings is a failure.
  const found: unknown = stdout === '' ? undefined : JSON.parse(stdout);
  if (!Array.isArray(found)) throw new Error(`cfn-lint gave no list of findings: ${stderr}`);
  return found.map(finding);
}

async function templatesIn(assembly: string): Promise<readonly string[]> {
  const names = (await readdir(assembly)).filter((name) => name.endsWith('.template.json'));
  if (names.length === 0) throw new Error(`There is no template in ${assembly}.`);
  return names.map((name) => join(assembly, name));
}

function finding(match: unknown): Finding {
  const line = numberAt(match, 'Location', 'Start', 'LineNumber');
  const path = at(match, 'Location', 'Path');
  return {
    rule: textAt(match, 'Rule', 'Id') ?? 'unknown',
    where: `${basename(textAt(match, 'Filename') ?? '')}:${line} ${Array.isArray(path) ? path.join('/') : ''}`,
    problem: textAt(match, 'Message') ?? '',
    fix: `${textAt(match, 'Rule', 'Description') ?? ''} ${textAt(match, 'Rule', 'Source') ?? ''}`.trim(),
  };
}
