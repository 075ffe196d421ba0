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
[ADR 28](adr/0028-alarms-are-replayed.md) explains how and why. A test fails if the page does not match the templates.

A **page** wakes somebody up, and a **ticket** can wait until the morning. A **part of a page** acts only within a composite alarm, so one
cause is one page. Alarms act when they go to \`ALARM\` and when they return to \`OK\`, but never on \`INSUFFICIENT_DATA\`. If missing data needs
attention, silence counts as bad. The name of an alarm links to its runbook.

## The alarms
`;

const CLUSTER_NOTE = 'Each broker has its own alarms.';

const EXPRESS_NOTE = `Express brokers do not publish metrics of disk, heap, replication and offline partitions. Instead of those alarms they have these. The
storage limit is a setting of the stage, here 1,000 GiB.`;

const CONSUMER_NOTE = `The names begin with the stage and the consumer. The table shows the alarms of the first consumer. Limits that depend on the
timeout or the batch size differ between consumers.`;

const LIVE = `## On your machine

\`npm start\` evaluates all these alarms with the metrics of the broker, the mappings, the functions (including the sampler) and the queues that
really run. [ADR 29](adr/0029-alarms-are-decided-in-the-running-environment.md) explains how. With a short minute, an alarm goes off within
seconds:

\`\`\`sh
npm start -- --minute 2
npm run orders -- alarms --watch
npm run orders -- mappings pause billing
npm run orders -- alarms --history
\`\`\`

Alarms on the machine of a broker (CPU, heap, disk, replicas) have no data locally.
`;

const NOTES: Readonly<Record<string, string>> = {
  'Each consumer': CONSUMER_NOTE,
  'The cluster': CLUSTER_NOTE,
  'A cluster with Express brokers': EXPRESS_NOTE,
};

const SERIES_HEAD = `## Good series and bad series

Each series is replayed minute by minute through all alarms of the stage, together with two healthy consumers. AWS does not document how many
periods beyond N an alarm reads, and whether \`FILL\` fills a series without a point. So each series is replayed four times, once for each
combination of answers. A good series must page nobody. A bad series must page somebody within the bound. Minutes count from the beginning of
the first bad minute, and the slowest of the four replays counts. B3 becomes bad when an order has waited longer than the threshold of the
time lag.

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
