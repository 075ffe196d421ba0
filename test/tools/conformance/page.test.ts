import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { conformancePage, withoutResults } from '../../../tools/conformance/page.ts';
import { isShown, resultsByRow } from '../../../tools/conformance/row-results.ts';
import { rows, type ConformanceRow } from '../../../tools/conformance/rows.ts';
import { filesOfRows } from '../../../tools/conformance/tests-of-rows.ts';
import { rowsNotShown } from '../../../tools/conformance/rows-not-shown.ts';

const ROW: ConformanceRow = {
  id: 'ESM-900',
  rule: 'It holds.',
  example: 'a | b; → c',
  status: 'choice',
  source: null,
};

function lastLine(results: Record<string, { passed: number; failed: number }>, notShown = {}): string {
  const page = conformancePage({
    rows: [ROW],
    files: new Map([['ESM-900', ['test/local/a.test.ts']]]),
    results: new Map(Object.entries(results)),
    notShown,
  });
  return page.trimEnd().split('\n').at(-1) ?? '';
}

test('the page in docs tells of every row and its tests as they are now; npm run conformance writes it', () => {
  const written = readFileSync(join(import.meta.dirname, '../../../docs/conformance.md'), 'utf8');

  const current = conformancePage({ rows, files: filesOfRows(), results: new Map(), notShown: rowsNotShown });

  expect(withoutResults(written)).toStrictEqual(withoutResults(current));
});

test('a row is shown with its tests and their result', () => {
  const lines = [
    lastLine({ 'ESM-900': { passed: 2, failed: 0 } }),
    lastLine({ 'ESM-900': { passed: 2, failed: 1 } }),
    lastLine({}),
    lastLine({}, { 'ESM-900': 'It needs two data centres.' }),
  ];

  const start = '| ESM-900 | It holds. | a \\| b; → c | choice |  | [a.test.ts](../test/local/a.test.ts) |';
  expect(lines).toStrictEqual([
    `${start} passed (2) |`,
    `${start} **failed** (1) |`,
    `${start} **no test** |`,
    `${start} It needs two data centres. |`,
  ]);
});

test('a result counts for every row that its title names, and what did not run is no pass', () => {
  const results = resultsByRow({
    testResults: [
      {
        assertionResults: [
          { fullName: 'ESM-901 ESM-902 two rules', status: 'passed' },
          { fullName: 'an event ESM-902 again', status: 'failed' },
          { fullName: 'ESM-903 later', status: 'pending' },
          { fullName: 'no row', status: 'passed' },
        ],
      },
    ],
  });

  expect([...results].map(([id, result]) => [id, result, isShown(result)])).toStrictEqual([
    ['ESM-901', { passed: 1, failed: 0 }, true],
    ['ESM-902', { passed: 1, failed: 1 }, false],
    ['ESM-903', { passed: 0, failed: 1 }, false],
  ]);
});

test('a row that no test shows is one of the table, and has a reason', () => {
  const ids = new Set(rows.map(({ id }) => id));

  const wrong = Object.entries(rowsNotShown).filter(([id, reason]) => !ids.has(id) || !reason.endsWith('.'));

  expect(wrong).toStrictEqual([]);
});
