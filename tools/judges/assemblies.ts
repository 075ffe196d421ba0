import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { violationsIn } from './template-judge.ts';

export type Stage = 'dev' | 'prod';

export const stages: readonly Stage[] = ['dev', 'prod'];

const repository = resolve(import.meta.dirname, '../..');
const judgedApp = fileURLToPath(new URL('./judged-app.ts', import.meta.url));
const canaryApp = fileURLToPath(new URL('./canary-app.ts', import.meta.url));

/**
 * Synthesizes a stage with bundles, as a deployment does, under all rule packs. Warnings count as errors.
 *
 * @returns the folder of the cloud assembly; its validation report holds what was found.
 * @throws Error when synthesis failed for another reason than a finding.
 */
export async function synthesizeStage(stage: Stage, parent: string): Promise<string> {
  const directory = join(parent, stage);
  const cdk = createRequire(import.meta.url).resolve('aws-cdk/bin/cdk');
  // The CLI gives the command to a shell, and quotes it in its own way: no absolute path, which may hold a space.
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
 * The validation report of an assembly.
 *
 * @throws Error when there is none: an assembly that nobody judged.
 */
export async function readReport(directory: string): Promise<unknown> {
  return JSON.parse(await readFile(join(directory, 'validation-report.json'), 'utf8'));
}

function lastLines(text: string): string {
  return text.split('\n').slice(-20).join('\n');
}
