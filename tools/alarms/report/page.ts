import type { JudgedSeries } from '../judge-series.ts';
import type { AlarmGroup, AlarmRow } from './alarm-rows.ts';

export interface PageContent {
  readonly groups: readonly AlarmGroup[];
  readonly series: readonly JudgedSeries[];
  readonly pictures: readonly PagePicture[];
  /** What all names of alarms begin with. */
  readonly prefix: string;
}

/** A picture beside the page. */
export interface PagePicture {
  readonly file: string;
  readonly caption: string;
}

const HEAD = `# Alarms

\`npm run alarms -- --write\` writes this page from the templates of the stage \`dev\` and from a replay through their alarms.
How and why: [ADR 28](adr/0028-alarms-are-replayed.md). A test fails when the page is not what the templates are.

A **page** wakes somebody, a **ticket** can wait for the morning, and a **part of a page** acts only within a composite alarm, so that one
cause is one page. Alarms act when somebody is needed and when that is over. None acts on \`INSUFFICIENT_DATA\`: where silence needs
somebody, silence counts as bad. The name of an alarm links to its runbook.

## The alarms
`;

const CLUSTER_NOTE = 'Each broker has its own.';

const EXPRESS_NOTE = `Express brokers publish neither disk, heap, replication nor offline partitions. In the place of those alarms they have these; the limit of
the storage is a setting of the stage, here 1,000 GiB.`;

const CONSUMER_NOTE = `The names begin with the stage and the consumer. Those of the first consumer are shown; limits that follow the
timeout or the batch size differ with the consumer.`;

const LIVE = `## On your machine

\`npm start\` decides the states of all these alarms from what really runs: the broker, the mappings, the functions with the sampler among them,
and the queues. How: [ADR 29](adr/0029-alarms-are-decided-in-the-running-environment.md). With a short minute, an alarm comes in seconds:

\`\`\`sh
npm start -- --minute 2
npm run orders -- alarms --watch
npm run orders -- mappings pause billing
npm run orders -- alarms --history
\`\`\`

The alarms on the machine of a broker (CPU, heap, disk, replicas) have no data there.
`;

const NOTES: Readonly<Record<string, string>> = {
  'Each consumer': CONSUMER_NOTE,
  'The cluster': CLUSTER_NOTE,
  'A cluster with Express brokers': EXPRESS_NOTE,
};

const SERIES_HEAD = `## Good series and bad series

Each series is played minute by minute through all alarms of the stage, beside two healthy consumers, four times: for each answer to what AWS does not
document, which is how many periods beyond N an alarm reads and whether \`FILL\` fills a series without a point. On a good one nobody may be
paged; on a bad one somebody must be within the bound. Minutes count from the beginning of the first bad minute, and the slowest of the
four counts. B3 becomes bad when an order has waited for longer than the threshold of the time lag.

| Series | What happens | Bound | First page | In ALARM, at which minute |
| --- | --- | --- | --- | --- |
`;

/** The page as Markdown, before it is formatted. */
export function alarmsPage({ groups, series, pictures, prefix }: PageContent): string {
  return [
    HEAD,
    ...groups.map(groupText),
    LIVE,
    `${SERIES_HEAD}${series.map((one) => seriesRow(one, prefix)).join('\n')}\n`,
    '## Three series in pictures\n',
    ...pictures.map(({ file, caption }) => `![${caption}](${file})\n`),
  ].join('\n');
}

function groupText({ title, rows }: AlarmGroup): string {
  const note = NOTES[title];
  return `### ${title}\n
${note === undefined ? '' : `${note}\n\n`}| Alarm | Who | What it means | Bad | Silence | Why |
| --- | --- | --- | --- | --- | --- |
${rows.map(alarmRow).join('\n')}\n`;
}

function alarmRow({ name, runbook, urgency, meaning, breach, silence, why }: AlarmRow): string {
  return row([`[${name}](${runbook})`, urgency.toLowerCase(), meaning, breach, silence, why]);
}

function seriesRow({ series: { id, story, must }, page, alarms }: JudgedSeries, prefix: string): string {
  const bound = must.kind === 'quiet' ? 'nobody is paged' : `${must.within} min`;
  const first = page === undefined ? 'none' : `${page.latest} min`;
  const names = alarms.map(({ name, minute }) => `${name.replace(`${prefix}-`, '')} ${minute}`);
  return row([`**${id}**`, story, bound, first, names.join(', ')]);
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
