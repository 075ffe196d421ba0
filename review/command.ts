import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Command, InvalidArgumentError, Option } from '@commander-js/extra-typings';
import { reviewPages } from './pages.ts';
import type { Page, ReviewPages } from './pages.ts';
import { reviewedTemplates } from './reviewed-stage.ts';
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
    .addOption(ofAllPages('--write', 'write the pages under docs/ instead of printing them'))
    .addOption(ofAllPages('--check', 'fail if the pages under docs/ are outdated, instead of printing them'))
    .showHelpAfterError('(npm run review -- --help shows what is allowed)')
    .action(async ({ stage, context, against, write, check }) => {
      const { pages, findings } = await makePages(projectDirectory, { stage, context, against });
      if (write === true) await writePages(projectDirectory, pages);
      else if (check === true) await checkPages(projectDirectory, pages);
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

interface Selection {
  readonly stage: readonly string[];
  readonly context: Readonly<Record<string, string>>;
  readonly against: string | undefined;
}

async function makePages(
  projectDirectory: string,
  { stage: names, context, against }: Selection,
): Promise<ReviewPages> {
  const synthesized = names.map(
    async (name) => [name, await synthesizeStage(projectDirectory, name, context)] as const,
  );
  return reviewPages({
    templates: Object.fromEntries(await Promise.all(synthesized)),
    reviewed: await reviewedTemplates(projectDirectory, against),
    comparedWith: against === undefined ? 'the reviewed templates of the checkout' : `those of ${against}`,
  });
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
