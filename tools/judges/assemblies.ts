import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { violationsIn } from './template-judge.ts';
import { variants } from './variants.ts';

export type Stage = 'dev' | 'prod';

export const stages: readonly Stage[] = ['dev', 'prod'];

const repository = resolve(import.meta.dirname, '../..');
const judgedApp = fileURLToPath(new URL('./judged-app.ts', import.meta.url));
const variantsApp = fileURLToPath(new URL('./judged-variants.ts', import.meta.url));
const canaryApp = fileURLToPath(new URL('./canary-app.ts', import.meta.url));

/**
 * Synthesizes a stage with bundles, as a deployment does, under all rule packs. Warnings count as errors.
 *
 * @returns the folder of the cloud assembly; its validation report has the findings.
 * @throws Error when synthesis failed for another reason than a finding.
 */
export async function synthesizeStage(stage: Stage, parent: string): Promise<string> {
  const directory = join(parent, stage);
  const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  // A relative path, because the CLI passes the command to a shell, and an absolute one may contain a space.
  const app = `node ${relative(repository, judgedApp)}`;
  const { failed, all } = await execa(
    process.execPath,
    [
      cdk,
      'synth',
      '--quiet',
      '--strict',
      '--app',
      app,
      '--context',
      `stage=${stage}`,
      '--context',
      'purpose=review',
      '--output',
      directory,
    ],
    { all: true, reject: false, cwd: repository, preferLocal: true },
  );
  const report = await readReport(directory).catch(() => undefined);
  if (failed && violationsIn(report).length === 0)
    throw new Error(`cdk synth of ${stage} failed:\n${lastLines(all)}`);
  return directory;
}

/**
 * Synthesizes every variant of the stages under all rule packs, in two halves.
 *
 * @returns the folders of the cloud assemblies.
 * @throws Error when a variant has no validation report.
 */
export async function synthesizeVariants(parent: string): Promise<readonly string[]> {
  const directory = join(parent, 'variants');
  const names = variants.map(({ name }) => name);
  const halves = [0, 1].map((half) => names.filter((_name, index) => index % 2 === half));
  await Promise.all(halves.map((half) => synthesizeSome(directory, half)));
  return names.map((name) => join(directory, name));
}

async function synthesizeSome(directory: string, names: readonly string[]): Promise<void> {
  const { all } = await execa(process.execPath, [variantsApp, directory, ...names], {
    all: true,
    reject: false,
    cwd: repository,
  });
  for (const name of names) {
    await readReport(join(directory, name)).catch((cause: unknown) => {
      throw new Error(`The variant ${name} was not synthesized:\n${lastLines(all)}`, { cause });
    });
  }
}

/** Synthesizes the stack of planted faults; its templates and its validation report are written before it fails. */
export async function synthesizeCanary(parent: string): Promise<string> {
  const directory = resolve(parent, 'canary');
  const { failed, all } = await execa(process.execPath, [canaryApp], {
    all: true,
    reject: false,
    cwd: repository,
    env: { CDK_OUTDIR: directory },
  });
  if (!failed)
    throw new Error(`The stack of planted faults was synthesized without an error:\n${lastLines(all)}`);
  return directory;
}

/**
 * Reads the validation report of an assembly.
 *
 * @throws Error when there is none, because the assembly was not judged.
 */
export async function readReport(directory: string): Promise<unknown> {
  return JSON.parse(await readFile(join(directory, 'validation-report.json'), 'utf8'));
}

function lastLines(text: string): string {
  return text.split('\n').slice(-20).join('\n');
}
