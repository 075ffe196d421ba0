import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { reviewPages } from './pages.ts';
import type { Page } from './pages.ts';
import { reviewedTemplates, templatePage } from './reviewed-templates.ts';
import type { StackTemplate } from './stage/stage.ts';
import { synthesizeStage } from './synthesize-stage.ts';

/** `npm run review`. @param projectDirectory the root of the repository */
export async function review(projectDirectory: string, argv: readonly string[]): Promise<void> {
  const command = new Command('review')
    .usage('[options]   (npm run review -- [options])')
    .description(
      'Describe the synthesized templates, as Markdown for a pull request: resources, principals, access from outside, ' +
        'protection of data, what a deployment replaces or loses, and the cost of a month. Fails on unwanted access, ' +
        'unprotected data, an update that MSK refuses, an unknown resource type, and an exceeded budget.',
    )
    .option('--stage <names...>', 'the stages to review', ['dev', 'prod'])
    .option(
      '-c, --context <key=value...>',
      'context values for the CDK app, as for cdk synth',
      addContext,
      {},
    )
    .option('--against <commit>', 'compare with the reviewed templates of a commit, such as origin/main')
    .addOption(
      ofAllPages(
        '--write',
        'take the templates as reviewed: write them to review/templates/, and the pages to docs/',
      ),
    )
    .addOption(ofAllPages('--check', 'fail if review/templates/ or the pages in docs/ are outdated'))
    .showHelpAfterError('(npm run review -- --help shows what is allowed)')
    .action(async ({ stage, context, against, write, check }) => {
      const templates = await synthesizeAll(projectDirectory, stage, context);
      const all = Object.values(templates).flat();
      const { pages, findings } = await reviewPages({
        templates,
        reviewed: write === true ? all : await reviewedTemplates(projectDirectory, against),
        comparedWith:
          against === undefined ? 'the reviewed templates of the checkout' : `those of ${against}`,
      });
      const files = [...all.map(templatePage), ...pages];
      if (write === true) await writePages(projectDirectory, files);
      else if (check === true) await checkPages(projectDirectory, files);
      else console.log(pages.map(({ text }) => text).join('\n'));
      if (findings.length > 0) throw new Error(`The review has findings:\n${findings.join('\n')}`);
    });
  try {
    await command.parseAsync([...argv]);
  } catch (error) {
    console.error(`error: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}

async function synthesizeAll(
  projectDirectory: string,
  stages: readonly string[],
  context: Readonly<Record<string, string>>,
): Promise<Readonly<Record<string, readonly StackTemplate[]>>> {
  const synthesized = stages.map(
    async (name) => [name, await synthesizeStage(projectDirectory, name, context)] as const,
  );
  return Object.fromEntries(await Promise.all(synthesized));
}

async function writePages(projectDirectory: string, pages: readonly Page[]): Promise<void> {
  for (const { file, text } of pages) await writeFile(join(projectDirectory, file), text);
  console.log(`Written: ${pages.map(({ file }) => file).join(', ')}`);
}

async function checkPages(projectDirectory: string, pages: readonly Page[]): Promise<void> {
  const written = await Promise.all(
    pages.map(({ file }) => readFile(join(projectDirectory, file), 'utf8').catch(() => undefined)),
  );
  const stale = pages.filter(({ text }, index) => text !== written[index]).map(({ file }) => file);
  if (stale.length > 0)
    throw new Error(`Not current: ${stale.join(', ')}. Write them with: npm run review -- --write`);
  console.log(`Current: ${pages.map(({ file }) => file).join(', ')}`);
}

/** The pages under docs/ show all stages as they stand, so a selection cannot be written there. */
function ofAllPages<Flag extends string>(flag: Flag, description: string): Option<Flag> {
  return new Option(flag, description).conflicts(['stage', 'context', 'against']);
}

function addContext(
  text: string,
  values: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  const [key = '', ...value] = text.split('=');
  if (key === '' || value.length === 0)
    throw new InvalidArgumentError('It must be key=value, such as emailFrom=orders@example.com.');
  return { ...values, [key]: value.join('=') };
}
