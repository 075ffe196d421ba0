import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readReviewedTemplates } from './changes/reviewed-templates.ts';
import type { StackTemplate } from './stage/stage.ts';

/** Where the snapshot test keeps the templates that were reviewed. */
const SNAPSHOTS = 'test/infra/__snapshots__/snapshots.test.ts.snap';
const LARGEST_FILE_BYTES = 64 * 1024 * 1024;

/**
 * The templates that were reviewed: those of the checkout, or of a commit.
 *
 * @param commit anything that git understands, such as `origin/main`; the files of the checkout when undefined
 * @throws Error when git does not know the commit, or the snapshots hold no template.
 */
export async function reviewedTemplates(
  projectDirectory: string,
  commit: string | undefined,
): Promise<readonly StackTemplate[]> {
  return readReviewedTemplates(
    commit === undefined
      ? await readFile(join(projectDirectory, SNAPSHOTS), 'utf8')
      : await fileAt(projectDirectory, commit),
  );
}

async function fileAt(cwd: string, commit: string): Promise<string> {
  const run = promisify(execFile);
  const shown = await run('git', ['show', '--end-of-options', `${commit}:${SNAPSHOTS}`], {
    cwd,
    maxBuffer: LARGEST_FILE_BYTES,
  }).catch((error: unknown) => {
    throw new Error(
      `git has no ${SNAPSHOTS} at ${JSON.stringify(commit)}; give a branch, tag or commit that has it, such as origin/main.`,
      { cause: error },
    );
  });
  return shown.stdout;
}
