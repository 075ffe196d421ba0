/**
 * `npm run conformance`: runs the tests that name a conformance row, writes docs/conformance.md, and fails on a row
 * without a passing test.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { conformancePage } from './page.ts';
import { isShown, jestOutput, NO_TEST, resultsByRow, type RowResult } from './row-results.ts';
import { rows } from './rows.ts';
import { filesOfRows } from './tests-of-rows.ts';
import { rowsNotShown } from './rows-not-shown.ts';

const PROJECT = join(import.meta.dirname, '../..');
const PAGE = join(PROJECT, 'docs/conformance.md');

function runTests(files: readonly string[]): ReadonlyMap<string, RowResult> {
  const directory = mkdtempSync(join(tmpdir(), 'conformance-'));
  const outputFile = join(directory, 'results.json');
  try {
    const jest = join(PROJECT, 'test/support/run-jest.ts');
    const named = ['--testNamePattern=ESM-', '--json', `--outputFile=${outputFile}`];
    // Jest's own exit code adds nothing to the results; its JSON also goes to stdout.
    spawnSync(process.execPath, [jest, ...named, '--runTestsByPath', ...files], {
      cwd: PROJECT,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    return resultsByRow(jestOutput.parse(JSON.parse(readFileSync(outputFile, 'utf8'))));
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function writePage(
  files: ReadonlyMap<string, readonly string[]>,
  results: ReadonlyMap<string, RowResult>,
) {
  const page = conformancePage({ rows, files, results, notShown: rowsNotShown });
  writeFileSync(PAGE, await format(page, { ...(await resolveConfig(PAGE)), filepath: PAGE }));
}

const files = filesOfRows();
const results = runTests([...new Set([...files.values()].flat())].toSorted());
await writePage(files, results);

const missing = rows.filter(({ id }) => !(id in rowsNotShown) && !isShown(results.get(id) ?? NO_TEST));
for (const { id, rule } of missing) console.error(`${id} has no passing test: ${rule}`);
console.error(`${rows.length - missing.length} of ${rows.length} rows hold; see docs/conformance.md`);
process.exitCode = missing.length === 0 ? 0 : 1;
