import Table from 'cli-table3';
import type { Metric } from './bench.ts';
import type { ContestResult, Judged, Row } from './run-contest.ts';
import type { Machine } from './machine.ts';
import type { Spread } from './statistics.ts';

/** The stored result of a bench. */
export interface BenchResult {
  readonly name: string;
  readonly question: string;
  readonly machine: Machine;
  readonly isQuick: boolean;
  readonly contests: readonly ContestResult[];
}

/** For a terminal. */
export function renderText(result: BenchResult): string {
  const parts = result.contests.map((contest) =>
    [
      contest.title,
      tableOf(
        headOf(contest),
        contest.rows.map((row) => cellsOf(row, contest.metrics)),
      ),
      ...(contest.judged.length === 0 ? [] : [tableOf(JUDGED_HEAD, contest.judged.map(judgedCells))]),
    ].join('\n'),
  );
  return [`${result.name}: ${result.question}`, machineLine(result.machine), ...parts].join('\n\n');
}

/** For a document. */
export function renderMarkdown(result: BenchResult): string {
  const parts = result.contests.map((contest, index) =>
    [
      `## ${contest.title}`,
      '',
      ...contest.work.map((line) => `- ${line}`),
      contest.rounds === 1
        ? '- One round.'
        : `- Medians of ${contest.rounds} rounds, with the least and the most.`,
      '',
      markdownTable(
        headOf(contest),
        contest.rows.map((row) => cellsOf(row, contest.metrics)),
      ),
      ...(contest.judged.length === 0
        ? []
        : ['', markdownTable(JUDGED_HEAD, contest.judged.map(judgedCells))]),
      '',
      `![${contest.chart.title}](${chartFile(result.name, index)})`,
    ].join('\n'),
  );
  const quick = result.isQuick ? ['', 'A quick run: too short to compare versions by.'] : [];
  return (
    [`# Bench \`${result.name}\``, '', result.question, '', machineLine(result.machine), ...quick].join(
      '\n',
    ) + `\n\n${parts.join('\n\n')}\n`
  );
}

/** The file of a contest's chart, beside the tables. */
export function chartFile(bench: string, index: number): string {
  return `${bench}-${index + 1}.svg`;
}

const JUDGED_HEAD = ['compared', 'median (least to most)', 'goal', 'met'];

function headOf({ metrics }: ContestResult): readonly string[] {
  return ['contestant', ...metrics.map(({ title }) => title)];
}

function cellsOf({ contestant, figures }: Row, metrics: readonly Metric[]): readonly string[] {
  return [
    contestant,
    ...metrics.map(({ name, digits }) => {
      const spread = figures[name];
      return spread === undefined ? '' : spreadText(spread, digits);
    }),
  ];
}

function judgedCells({ title, spread, goal, isMet }: Judged): readonly string[] {
  const goalText = goal === undefined ? '' : `${goal.is} ${goal.value}`;
  return [title, spreadText(spread, 2), goalText, isMet === undefined ? '' : isMet ? 'yes' : 'no'];
}

function spreadText({ median, least, most }: Spread, digits: number): string {
  if (Number.isNaN(median)) return '';
  const text = (value: number) =>
    value.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return least === most ? text(median) : `${text(median)} (${text(least)} to ${text(most)})`;
}

function machineLine({ at, cpu, cores, memoryGib, load, node, commit, peers }: Machine): string {
  const versions = Object.entries(peers).map(([name, version]) => `${name} ${version}`);
  return `${at}, ${cores} cores of ${cpu}, ${memoryGib} GiB, load ${load} at the start, Node.js ${node}, commit ${commit}${
    versions.length === 0 ? '' : `; ${versions.join(', ')}`
  }.`;
}

function tableOf(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = new Table({ head: [...head], style: { head: [], border: [] } });
  table.push(...rows.map((row) => [...row]));
  return table.toString();
}

function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
