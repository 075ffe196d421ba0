import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import type { Page } from './pages.ts';
import type { StackTemplate } from './stage/stage.ts';

/** A JSON file for each stack, from the root of the repository. */
const TEMPLATES = 'review/templates';
const EXTENSION = '.json';
const LARGEST_FILE_BYTES = 64 * 1024 * 1024;

/** The file of a template that was reviewed. */
export function templatePage({ stackName, template }: StackTemplate): Page {
  return {
    file: `${TEMPLATES}/${stackName}${EXTENSION}`,
    text: `${JSON.stringify(template, undefined, 2)}\n`,
  };
}

/**
 * Reads the templates that were reviewed: those of the checkout, or of a commit.
 *
 * @param commit anything that git understands, such as `origin/main`; the files of the checkout when undefined
 * @throws Error when git does not know the commit, or there is no template.
 */
export async function reviewedTemplates(
  projectDirectory: string,
  commit: string | undefined,
): Promise<readonly StackTemplate[]> {
  const templates =
    commit === undefined
      ? await templatesOfCheckout(projectDirectory)
      : await templatesOfCommit(projectDirectory, commit);
  if (templates.length > 0) return templates;
  throw new Error(
    commit === undefined
      ? `${TEMPLATES} holds no template; write them with: npm run review -- --write`
      : noTemplatesAt(commit),
  );
}

async function templatesOfCheckout(projectDirectory: string): Promise<readonly StackTemplate[]> {
  const folder = join(projectDirectory, TEMPLATES);
  const files = (await readdir(folder)).filter((file) => file.endsWith(EXTENSION));
  return Promise.all(files.map(async (file) => templateOf(file, await readFile(join(folder, file), 'utf8'))));
}

async function templatesOfCommit(cwd: string, commit: string): Promise<readonly StackTemplate[]> {
  const git = async (...args: readonly string[]): Promise<string> => {
    const run = promisify(execFile);
    const options = { cwd, maxBuffer: LARGEST_FILE_BYTES };
    return (
      await run('git', [...args], options).catch((error: unknown) => {
        throw new Error(noTemplatesAt(commit), { cause: error });
      })
    ).stdout;
  };
  const listed = await git('ls-tree', '--name-only', '--end-of-options', commit, `${TEMPLATES}/`);
  const files = listed.split('\n').filter((file) => file.endsWith(EXTENSION));
  return Promise.all(
    files.map(async (file) => templateOf(file, await git('show', '--end-of-options', `${commit}:${file}`))),
  );
}

function templateOf(file: string, text: string): StackTemplate {
  return { stackName: basename(file, EXTENSION), template: JSON.parse(text) as unknown };
}

function noTemplatesAt(commit: string): string {
  return `git has no ${TEMPLATES} at ${JSON.stringify(commit)}; give a branch, tag or commit that has it, such as origin/main.`;
}
