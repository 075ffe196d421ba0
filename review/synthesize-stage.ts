import { execFile } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { maskHashes } from './stage/mask-hashes.ts';
import type { StackTemplate } from './stage/stage.ts';

const TEMPLATE = '.template.json';

const cdkJson = z.looseObject({ context: z.record(z.string(), z.unknown()) });
const assemblyManifest = z.looseObject({
  artifacts: z.record(
    z.string(),
    z.looseObject({ type: z.string(), dependencies: z.array(z.string()).optional() }),
  ),
});

/**
 * Synthesizes a stage of the CDK app as the toolkit does, but without bundling, because only the templates are read.
 *
 * @param context the values of `-c` on the toolkit's command line
 * @returns the templates without the hashes of assets, with each stack after those that it depends on
 * @throws Error with the app's output when it does not synthesize
 */
export async function synthesizeStage(
  projectDirectory: string,
  stage: string,
  context: Readonly<Record<string, string>>,
): Promise<readonly StackTemplate[]> {
  const directory = await mkdtemp(join(tmpdir(), 'review-'));
  try {
    const settings = cdkJson.parse(JSON.parse(await readFile(join(projectDirectory, 'cdk.json'), 'utf8')));
    await runApp(projectDirectory, {
      CDK_OUTDIR: directory,
      CDK_CONTEXT_JSON: JSON.stringify({
        ...settings.context,
        'aws:cdk:bundling-stacks': [],
        'aws:cdk:enable-path-metadata': true,
        purpose: 'review',
        ...context,
        stage,
      }),
    });
    return await readTemplates(directory);
  } finally {
    await rm(directory, { recursive: true });
  }
}

async function runApp(cwd: string, environment: Readonly<Record<string, string>>): Promise<void> {
  const env = { ...process.env, ...environment };
  await promisify(execFile)(process.execPath, ['bin/app.ts'], { cwd, env }).catch((error: unknown) => {
    const written = error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
    throw new Error(`The synthesis of the CDK app failed:\n${written.trim()}`, { cause: error });
  });
}

async function readTemplates(directory: string): Promise<readonly StackTemplate[]> {
  const files = (await readdir(directory)).filter((file) => file.endsWith(TEMPLATE));
  const order = await deploymentOrder(directory);
  const stacks = await Promise.all(
    files.map(async (file) => ({
      stackName: file.slice(0, -TEMPLATE.length),
      template: maskHashes(JSON.parse(await readFile(join(directory, file), 'utf8'))),
    })),
  );
  return stacks.toSorted((one, other) => order.indexOf(one.stackName) - order.indexOf(other.stackName));
}

async function deploymentOrder(directory: string): Promise<readonly string[]> {
  const text = await readFile(join(directory, 'manifest.json'), 'utf8');
  const { artifacts } = assemblyManifest.parse(JSON.parse(text));
  const ordered: string[] = [];
  const visit = (name: string): void => {
    if (ordered.includes(name)) return;
    for (const dependency of artifacts[name]?.dependencies ?? []) visit(dependency);
    ordered.push(name);
  };
  for (const name of Object.keys(artifacts)) visit(name);
  return ordered;
}
