import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyPartitioner } from '@order-events/kafka-tools';
import { topology } from '../../lib/topology/topology.ts';
import { launchBrowser, prepareBrowser } from './browser.ts';
import { consolePage, type ConsolePage } from './console-page.ts';
import { startRunningConsole, type RunningConsole } from './running-console.ts';
import { GROUPS, killPoller, PATIENCE_MS, setPollers, until } from './tour-steps.ts';

const IN_FLIGHT = 20_000;
const TRACED = 100_000;
const TRACED_ORDER = 'an-order-among-many';
const FILES = ['/', '/page.js', '/page.css', '/icon.svg'];

/** A figure, and what it may be at most. */
interface Figure {
  readonly what: string;
  readonly value: number;
  readonly atMost: number;
  readonly unit: string;
}

/** Records in the browser when an update arrives, and each task of more than 50 ms. */
const WATCH = `
  window.updates = [];
  window.longTasks = [];
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longTasks.push(duration);
  }).observe({ type: 'longtask', buffered: true });
  window.EventSource = class extends window.EventSource {
    constructor(...input) {
      super(...input);
      this.addEventListener('message', () => window.updates.push(performance.now()));
    }
  };
  window.seenTimeout = undefined;
  new MutationObserver(() => {
    window.seenTimeout ??= document.querySelector('[data-rebalance] .badge-bad') ? Date.now() : undefined;
  }).observe(document, { childList: true, subtree: true });
`;

/** Measures the console in a browser while many records are on their way. */
async function main(): Promise<void> {
  await prepareBrowser();
  const [browser, running] = await Promise.all([launchBrowser(), startRunningConsole()]);
  try {
    const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1280, height: 900 } });
    page.setDefaultTimeout(PATIENCE_MS);
    await page.addInitScript(WATCH);
    await running.open(page);
    const tour = consolePage(page, running.endpoint);
    const figures = [await pageSize(running), ...(await underLoad(tour)), await traceOfMany(tour, running)];
    for (const { what, value, atMost, unit } of figures) {
      const verdict = value <= atMost ? 'ok ' : 'BAD';
      console.log(`${verdict}  ${what}: ${Math.round(value)} ${unit}, at most ${atMost} ${unit}`);
    }
    if (figures.some(({ value, atMost }) => value > atMost)) process.exitCode = 1;
  } finally {
    await browser.close();
    await running.stop();
  }
}

async function pageSize({ endpoint }: RunningConsole): Promise<Figure> {
  const sizes = await Promise.all(
    FILES.map(async (path) => {
      const { headers } = await fetch(`${endpoint}${path}`, { headers: { 'accept-encoding': 'gzip' } });
      return Number(headers.get('content-length'));
    }),
  );
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  return { what: 'the page, compressed', value: bytes / 1_024, atMost: 120, unit: 'KB' };
}

/** Looks at every pane while orders are on their way, and kills a poller. */
async function underLoad(tour: ConsolePage): Promise<readonly Figure[]> {
  const { page } = tour;
  await setPollers(tour, 'billing-group', 3);
  await tour.experiment('produce', { count: String(IN_FLIGHT) });
  await page.evaluate('window.updates.length = 0; window.longTasks.length = 0');
  for (const pane of [
    'groups',
    'lag',
    'invocations',
    'rebalances',
    'groups/billing-group',
    'lag',
    'groups',
  ]) {
    await tour.goTo(pane);
    await untilUpdated(tour, 8);
  }
  await killPoller(tour, 'billing-group');
  const noticed = Date.parse(
    (await page.locator('[data-rebalance]:has(.badge-bad) time').first().getAttribute('datetime')) ?? '',
  );
  const shown = await page.evaluate<number>('window.seenTimeout');
  const updates = await page.evaluate<number[]>('window.updates');
  const longest = await page.evaluate<number>('Math.max(0, ...window.longTasks)');
  const inFlight = await Promise.all(GROUPS.map(async (group) => `${group} ${await lagOf(tour, group)}`));
  console.log(`Lag at the end of the look: ${inFlight.join(', ')}; ${updates.length} updates.`);
  const gaps = updates.slice(1).map((at, index) => at - (updates[index] ?? 0));
  return [
    // On average; single updates may arrive together on a busy machine.
    {
      what: `updates a second with ${IN_FLIGHT} records in flight`,
      value: (1_000 * gaps.length) / gaps.reduce((sum, gap) => sum + gap, 0),
      atMost: 4,
      unit: '',
    },
    { what: 'the longest task', value: longest, atMost: 100, unit: 'ms' },
    {
      what: 'a killed poller on the timeline, after the broker noticed',
      value: shown - noticed,
      atMost: 1_000,
      unit: 'ms',
    },
  ];
}

async function lagOf(tour: ConsolePage, group: string): Promise<string> {
  await tour.goTo('groups');
  return await tour.lag(group);
}

async function untilUpdated(tour: ConsolePage, times: number): Promise<void> {
  const before = await tour.page.evaluate<number>('window.updates.length');
  await until(`${times} updates`, async () => {
    const now = await tour.page.evaluate<number>('window.updates.length');
    return now - before >= times;
  });
}

/** Looks for an order whose partition has many records of others. Nobody reads them meanwhile. */
async function traceOfMany(tour: ConsolePage, running: RunningConsole): Promise<Figure> {
  for (const group of GROUPS) await tour.experiment('pollers', { group, count: '0' });
  await sendMany(running);
  await tour.findOrder(TRACED_ORDER);
  const text = await tour.page.locator('.legend', { hasText: 'Looked at' }).innerText();
  const [, records = '', amount = '', unit = ''] =
    /Looked at ([\d,]+) records.* in ([\d.]+) (ms|s)\./.exec(text) ?? [];
  console.log(text);
  const value = Number(amount) * (unit === 's' ? 1_000 : 1);
  return { what: `a trace through ${records} records`, value, atMost: 2_000, unit: 'ms' };
}

/** Fills the partition of the order that is looked for; its own record is the last one. */
async function sendMany(running: RunningConsole): Promise<void> {
  const partitionOf = keyPartitioner(topology.topic.partitions);
  const partition = partitionOf(TRACED_ORDER);
  const lines: string[] = [];
  for (let index = 0; lines.length < TRACED; index += 1) {
    const orderId = `other-${index}`;
    if (partitionOf(orderId) === partition) lines.push(JSON.stringify({ order_id: orderId, amount: 1 }));
  }
  lines.push(JSON.stringify({ order_id: TRACED_ORDER, amount: 1 }));
  const directory = await mkdtemp(join(tmpdir(), 'order-events-load-'));
  try {
    const file = join(directory, 'orders.jsonl');
    await writeFile(file, lines.join('\n'));
    await running.orders('produce', '--file', file);
  } finally {
    await rm(directory, { recursive: true });
  }
}

await main();
