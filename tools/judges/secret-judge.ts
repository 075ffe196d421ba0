import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runSecretLint } from 'secretlint';
import { listAt, numberAt, textAt } from '../../lib/guards/json-access.ts';
import type { Finding, Judge } from './judge.ts';
import { withTemporaryDirectory } from './temporary-directory.ts';

const preset = fileURLToPath(import.meta.resolve('@secretlint/secretlint-rule-preset-recommend'));

/**
 * Judges with secretlint everything that git tracks and everything that a deployment uploads.
 *
 * @param repository - folder with the .gitignore
 */
export function secretJudge(repository: string, assemblies: Promise<readonly string[]>): Judge {
  return {
    name: 'secrets',
    examine: async () => {
      const folders = [repository, ...(await assemblies)];
      const found: Finding[] = [];
      // One at a time, because secretlint itself reads as many files at once as there are processors.
      for (const folder of folders) found.push(...(await secretsIn(folder)));
      return found;
    },
    canaries: [
      {
        fault: 'an AWS key in a file',
        rule: '@secretlint/secretlint-rule-aws',
        examine: () => withTemporaryDirectory(secretsBesidePlantedKey),
      },
    ],
  };
}

/** Generates the key at run time, because other tools would find a committed one. */
async function secretsBesidePlantedKey(directory: string): Promise<readonly Finding[]> {
  const key = randomBytes(40)
    .toString('base64')
    .replaceAll(/[^a-z0-9]/gi, 'x')
    .slice(0, 40);
  await writeFile(join(directory, 'settings.txt'), `AWS_SECRET_ACCESS_KEY = "${key}"\n`);
  return secretsIn(directory);
}

async function secretsIn(directory: string): Promise<readonly Finding[]> {
  const { stdout, stderr } = await runSecretLint({
    cliOptions: { cwd: directory, filePathOrGlobList: ['**/*'], respectGitignore: true },
    engineOptions: {
      cwd: directory,
      configFileJSON: { rules: [{ id: preset }] },
      formatter: 'json',
      color: false,
      maskSecrets: true,
    },
  });
  if (stderr !== null) throw stderr;
  const results: unknown = JSON.parse(stdout ?? '[]');
  if (!Array.isArray(results)) throw new Error('secretlint gave no list of results.');
  if (results.length === 0) throw new Error(`secretlint has read no file in ${directory}.`);
  return results.flatMap((result: unknown) =>
    listAt(result, 'messages').map((message) => finding(result, message)),
  );
}

function finding(result: unknown, message: unknown): Finding {
  return {
    rule: textAt(message, 'ruleId') ?? 'unknown',
    where: `${textAt(result, 'filePath')}:${numberAt(message, 'loc', 'start', 'line')}`,
    problem: textAt(message, 'message') ?? '',
    fix: 'Revoke the secret where it was issued, then take it out of the file and of the history.',
  };
}
