import type { ConformanceRow } from './rows.ts';
import { isShown, NO_TEST, type RowResult } from './row-results.ts';
import { sources } from './sources.ts';

/** The content of the page about the rows. */
export interface PageContent {
  readonly rows: readonly ConformanceRow[];
  /** By row id: test files, as paths from the project's folder. */
  readonly files: ReadonlyMap<string, readonly string[]>;
  readonly results: ReadonlyMap<string, RowResult>;
  /** By row id: the reason why no test on one machine can prove it. */
  readonly notShown: Readonly<Record<string, string>>;
}

const HEAD = `# Conformance

This page lists the rules of a Kafka event source mapping, and the tests that show how the emulator follows each of them.
\`npm run conformance\` runs every test that names a row in its title, writes this page, and fails on a row without a passing
test.

A rule is _documented_ if AWS or Apache Kafka describes it. If they say nothing, it is a _choice_, and the emulator does
what the rule says.

| Row | Rule | Given; when → then | Status | Source | Tests | Result |
| --- | --- | --- | --- | --- | --- | --- |
`;

/** Builds the page as Markdown, before formatting. */
export function conformancePage(content: PageContent): string {
  return `${HEAD}${content.rows.map((row) => pageRow(row, content)).join('\n')}\n`;
}

function pageRow(row: ConformanceRow, { files, results, notShown }: PageContent): string {
  const cells = [
    row.id,
    row.rule,
    row.example,
    row.status,
    sourceLink(row),
    (files.get(row.id) ?? []).map(fileLink).join('<br>'),
    notShown[row.id] ?? resultText(results.get(row.id) ?? NO_TEST),
  ];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function sourceLink({ source }: ConformanceRow): string {
  return source === null ? '' : `[${source}](${sources[source]})`;
}

function fileLink(file: string): string {
  const name = file.split('/').at(-1) ?? file;
  return `[${name}](../${file})`;
}

function resultText(result: RowResult): string {
  if (isShown(result)) return `passed (${result.passed})`;
  return result.failed > 0 ? `**failed** (${result.failed})` : '**no test**';
}

/** Returns the page's lines without the results, which only a run knows, and without the padding of tables. */
export function withoutResults(page: string): readonly string[] {
  return page
    .split('\n')
    .map((line) => line.replace(/\s+/g, ' ').replace(/-{3,}/g, '---'))
    .map((line) => (line.startsWith('| ESM-') ? line.replace(/\| [^|]*\|$/, '|') : line));
}
