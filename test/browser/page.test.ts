import { stat } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { writeOpeningPage } from '../../cli/console/opening-file.ts';
import type { AlarmsView } from '../../console/model/watch-views.ts';
import type { LetterSources } from '../../console/ports.ts';
import { openingPage } from '../../console/server/session-page.ts';
import { startConsole, type RunningConsole } from '../../console/server/start-console.ts';
import {
  aCall,
  aGroupReport,
  aLag,
  aLetter,
  aMapping,
  fakeActions,
  fakeLetterActions,
  fakeLetters,
  fakeReader,
  fakeSources,
} from '../console/builders.ts';
import { launchBrowser } from '../../tools/pictures/browser.ts';
import { HOSTILE_TEXTS } from './support/hostile-texts.ts';
import { openPage, seriousFindings, type WatchedPage } from './support/page-watch.ts';

jest.setTimeout(90_000);

const TOKEN = 'the-token-of-this-run';
const PANES = [
  'groups',
  'groups/billing-group',
  'rebalances',
  'lag',
  'orders',
  'orders/order-1',
  'failures',
  'failures/billing',
  'failures/billing/0:1',
  'alarms',
  'alarms/an-alarm',
  'invocations',
  'experiments',
];
const done: string[] = [];
let groups = [
  aGroupReport({ lags: [aLag({ lag: 3 }), aLag(), aLag()] }),
  aGroupReport({ groupId: 'my-group', state: 'Empty', members: {} }),
];
let isHostile = false;
let browser: Browser;
let server: RunningConsole;
let watched: WatchedPage | undefined;

/** A queue in which every text of every letter would run a script, where a page took it for markup. */
function hostileLetters(): LetterSources {
  const rows = HOSTILE_TEXTS.map((text, offset) =>
    aLetter({ id: `0:${offset}`, offset, reason: text, orderId: text }),
  );
  return fakeLetters(rows, {
    show: (_consumer, id) =>
      Promise.resolve({
        row: rows.find((row) => row.id === id) ?? aLetter(),
        message: HOSTILE_TEXTS.join('\n'),
        records: HOSTILE_TEXTS.map((text, offset) => ({
          partition: 0,
          offset,
          time: '2026-01-01T00:00:00.000Z',
          key: text,
          headers: { [text]: text },
          value: { [text]: text },
          valueIs: 'json',
        })),
        moreRecords: false,
        text: HOSTILE_TEXTS.join('\n'),
      }),
    journal: () =>
      Promise.resolve({
        entries: HOSTILE_TEXTS.map((text, step) => ({
          runId: 'r',
          operation: text,
          by: text,
          atMs: 1,
          step,
          what: text,
          outcomes: { [text]: [text] },
        })),
      }),
  });
}

const HOSTILE_ALARMS: AlarmsView = {
  alarms: ['an-alarm', ...HOSTILE_TEXTS].map((name) => ({
    name,
    state: 'ALARM',
    since: '2026-01-01T00:00:00.000Z',
    reason: name,
    points: [1, 2],
  })),
  changes: HOSTILE_TEXTS.map((name) => ({
    name,
    at: '2026-01-01T00:00:00.000Z',
    from: name,
    to: name,
    reason: name,
  })),
};

beforeAll(async () => {
  browser = await launchBrowser();
  const hostile = HOSTILE_TEXTS.map((text, offset) => ({
    partition: 0,
    offset,
    key: Buffer.from('hostile'),
    value: Buffer.from(JSON.stringify({ type: text })),
  }));
  server = await startConsole({
    port: { port: 0, kind: 'preferred' },
    runToken: TOKEN,
    sources: fakeSources({
      groups: () => Promise.resolve(groups),
      mappings: () => Promise.resolve([aMapping()]),
      callsSince: (revision) =>
        Promise.resolve({
          calls:
            revision === 0
              ? [aCall(), aCall({ number: 2, end: { endedAt: 1_100, outcome: 'allFailed', failed: [] } })]
              : [],
          revision: 1,
        }),
      records: {
        ...fakeReader(hostile),
        bounds: () => Promise.resolve(new Map([[0, { start: 0, end: hostile.length }]])),
      },
      effects: (key) =>
        Promise.resolve(
          HOSTILE_TEXTS.slice(0, key === 'hostile' ? 99 : 0).map((text) => ({
            groupId: text,
            text,
          })),
        ),
      letters: hostileLetters(),
      alarms: () => Promise.resolve(HOSTILE_ALARMS),
      findings: () =>
        Promise.resolve(
          isHostile
            ? HOSTILE_TEXTS.map((text) => ({
                check: text,
                matters: text,
                group: text,
                evidence: text,
                todo: text,
              }))
            : [],
        ),
    }),
    actions: fakeActions(done),
    letterActions: fakeLetterActions(done),
  });
});

afterAll(async () => {
  await browser.close();
  await server.close();
});

afterEach(async () => {
  await watched?.context.close();
  watched = undefined;
});

/** Opens a pane as somebody who typed its address. */
async function typeAddress(
  pane: string,
  size: { width?: number; height?: number } = {},
): Promise<WatchedPage> {
  watched = await openPage(browser, server.endpoint, size);
  await watched.page.goto(`${server.endpoint}/#/${pane}`);
  await watched.page.locator('.dot-live').waitFor();
  return watched;
}

/** Opens the page by the file that `orders console` writes. */
async function openByFile(): Promise<WatchedPage> {
  const path = await writeOpeningPage(openingPage(server.endpoint, TOKEN));
  watched = await openPage(browser, server.endpoint);
  await watched.page.goto(pathToFileURL(path).href);
  await watched.page.getByText('experiments allowed').waitFor();
  return watched;
}

const goTo = async (page: Page, pane: string): Promise<void> => {
  await page.goto(`${server.endpoint}/#/${pane}`);
  await page.locator('main > *').first().waitFor();
};

describe('for everybody', () => {
  test.each([
    { story: 'light', scheme: 'light', width: 1280, panes: PANES },
    { story: 'dark', scheme: 'dark', width: 1280, panes: ['groups', 'experiments'] },
    { story: 'a phone', scheme: 'light', width: 360, panes: ['groups'] },
  ] as const)('axe finds nothing serious: $story', async ({ scheme, width, panes }) => {
    const { page, complaints } = await typeAddress('groups', { width });
    await page.emulateMedia({ colorScheme: scheme, reducedMotion: 'reduce' });
    const found: string[] = [];
    for (const pane of panes) {
      await goTo(page, pane);
      found.push(...(await seriousFindings(page)).map((finding) => `${pane}: ${finding}`));
    }

    expect({ found, complaints }).toEqual({ found: [], complaints: [] });
  });

  test('no pane is wider than a phone', async () => {
    const { page } = await typeAddress('groups', { width: 360, height: 740 });
    const widths: Record<string, number> = {};
    for (const pane of PANES) {
      await goTo(page, pane);
      widths[pane] = await page.evaluate<number>('document.documentElement.scrollWidth');
    }

    expect(Object.entries(widths).filter(([, width]) => width > 360)).toEqual([]);
  });

  test('the keyboard reaches the content and every pane', async () => {
    const { page } = await typeAddress('groups');
    const names: string[] = [];
    for (let step = 0; step < 14; step += 1) {
      await page.keyboard.press('Tab');
      names.push(await page.evaluate<string>('document.activeElement?.textContent?.trim() ?? ""'));
    }

    expect(names).toEqual(
      expect.arrayContaining([
        'Skip to the content',
        'Groups',
        'Rebalances',
        'Lag',
        'Orders',
        'Invocations',
        'Experiments',
      ]),
    );
  });
});

test('no text of a record, a letter, a group, a member, an alarm or an error runs as a script', async () => {
  const before = groups;
  isHostile = true;
  groups = HOSTILE_TEXTS.map((text) =>
    aGroupReport({ groupId: text, members: { [text]: [0], ['event-poller-1']: [1, 2] } }),
  );
  const { page, complaints } = await typeAddress('groups');
  await page.evaluate('window.hacked = () => { window.isHacked = true; }');
  await page.getByRole('article', { name: HOSTILE_TEXTS[0] ?? '', exact: true }).waitFor();
  const shown = await page.locator('.group').count();
  for (const pane of ['orders/hostile', ...PANES]) await goTo(page, pane);
  for (const text of HOSTILE_TEXTS.slice(0, 12)) {
    await goTo(page, `groups/${encodeURIComponent(text)}`);
    await goTo(page, `orders/${encodeURIComponent(text)}`);
  }
  await page.locator('[data-finding]').first().waitFor({ state: 'attached' });
  await goTo(page, 'failures/billing/0:1');
  await page.locator('[data-record]').first().waitFor();
  await goTo(page, 'alarms');
  await page.locator('[data-alarm]').first().waitFor();
  const findings = await page.locator('[data-finding]').count();
  await goTo(page, 'orders/hostile');
  await page.locator('[data-event]').first().waitFor();
  const events = await page.locator('[data-event]').count();
  const isHacked = await page.evaluate<unknown>('window.isHacked');
  groups = before;
  isHostile = false;

  expect({ shown: shown >= HOSTILE_TEXTS.length, findings, events, isHacked, complaints }).toEqual({
    shown: true,
    findings: HOSTILE_TEXTS.length,
    events: HOSTILE_TEXTS.length,
    isHacked: undefined,
    complaints: [],
  });
});

describe('who may change things', () => {
  test('a typed address has no button that changes anything', async () => {
    const { page } = await typeAddress('experiments');

    await page.getByText('This address is read-only').waitFor();

    expect(await page.locator('[data-experiment]').count()).toBe(0);
  });

  test('the opened file hands over the token, which is in no address', async () => {
    done.length = 0;
    const { page, complaints } = await openByFile();
    const addresses: string[] = [];
    page.on('request', (request) => addresses.push(request.url()));
    await goTo(page, 'experiments');
    await page.locator('[data-experiment=pollers] input[name=count]').fill('7');
    await page.locator('[data-experiment=pollers] button').click();
    await page.getByText('billing-group gets 7 pollers.').waitFor();

    expect({
      done,
      leaks: [...addresses, page.url()].filter((url) => url.includes(TOKEN)),
      complaints,
    }).toEqual({
      done: ['pollers billing-group 7'],
      leaks: [],
      complaints: [],
    });
  });

  test('letters are shown to everybody, and redriven only by who opened the file', async () => {
    done.length = 0;
    const { page: typed } = await typeAddress('failures/billing');
    await typed.locator('[data-letter]').first().waitFor();
    const buttons = await typed.locator('[data-redrive]').count();
    await watched?.context.close();
    const { page, complaints } = await openByFile();
    await goTo(page, 'failures/billing');
    await page.locator('[data-redrive] input[name=first]').fill('2');
    await page.getByRole('button', { name: 'Redrive' }).click();
    await page.getByText('redrive of billing is done').waitFor();

    expect({ buttons, done, complaints }).toEqual({
      buttons: 0,
      done: ['redrive billing {"first":2,"force":false}'],
      complaints: [],
    });
  });

  test('the file is for its owner alone', async () => {
    const { mode } = await stat(await writeOpeningPage(openingPage(server.endpoint, TOKEN)));

    expect((mode & 0o777).toString(8)).toBe('600');
  });
});

test('a redraw takes neither the focus nor what was typed', async () => {
  const { page } = await openByFile();
  await goTo(page, 'experiments');
  const field = page.locator('[data-experiment=produce] input[name=count]');
  const choice = page.locator('[data-experiment=poison] select');
  await choice.selectOption('not-json');
  await field.fill('42');
  groups = [...groups, aGroupReport({ groupId: 'a-new-group' })];
  await page.locator('th', { hasText: 'a-new-group' }).waitFor();

  expect({
    typed: await field.inputValue(),
    chosen: await choice.inputValue(),
    focus: await page.evaluate<string>('document.activeElement?.getAttribute("name") ?? ""'),
  }).toEqual({ typed: '42', chosen: 'not-json', focus: 'count' });
});
