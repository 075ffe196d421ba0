import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { withQueueClient } from '../../cli/connection/aws-clients.ts';
import { commandTarget } from '../../cli/connection/local-target.ts';
import type { Target } from '../../cli/connection/target.ts';
import { runOperation } from '../../cli/operations/run-operation.ts';
import { readDeadLetterDepths } from '../../cli/status/dead-letter-depths.ts';
import { listLetters } from '../../functions/redrive/operations/list.ts';
import { choosePort } from '../../local/engines/choose-port.ts';
import { launchBrowser } from '../../tools/pictures/browser.ts';
import { consolePage, type ConsolePage } from '../../tools/pictures/console-page.ts';
import {
  catchUp,
  fallBehind,
  GROUPS,
  joinFromOutside,
  killPoller,
  OUTSIDE_GROUP,
  PATIENCE_MS,
  poison,
  sendOrders,
  setPollers,
  until,
} from '../../tools/pictures/tour-steps.ts';
import { parkedMessages, sendAll } from '../../tools/redrive/parked-orders.ts';
import { runNpm, type NpmProcess } from '../environment/npm-process.ts';
import { connectBrokerTruth, type BrokerTruth } from './support/broker-truth.ts';
import { openPage, type WatchedPage } from './support/page-watch.ts';

jest.setTimeout(PATIENCE_MS * 3);

const TOPIC = 'order-events';
let npm: NpmProcess;
let target: Target;
let broker: BrokerTruth;
let browser: Browser;
let watched: WatchedPage;
let tour: ConsolePage;

beforeAll(async () => {
  const port = await choosePort();
  npm = await runNpm('start', ['--orders', '0', '--console-port', String(port)]);
  [browser] = await Promise.all([launchBrowser(), npm.untilLine('Ready')]);
  const environment = await npm.environment();
  target = commandTarget(environment);
  broker = await connectBrokerTruth(environment.bootstrapServers, TOPIC);
  const { lines } = await npm.orders('console', '--no-open');
  const endpoint = `http://localhost:${port}`;
  watched = await openPage(browser, endpoint);
  watched.page.setDefaultTimeout(PATIENCE_MS);
  await watched.page.goto(pathToFileURL(lines.at(-1)?.trim() ?? '').href);
  await watched.page.getByText('experiments allowed').waitFor();
  tour = consolePage(watched.page, endpoint);
});

afterAll(async () => {
  await browser.close();
  await broker.close();
  await npm.cleanUp();
});

/** Waits until the matrix shows who reads, as the broker has it. */
const untilOwnersAgree = (group: string): Promise<void> =>
  until(`the page to show who reads for ${group}`, async () => {
    const [shown, actual] = await Promise.all([tour.owners(group), broker.owners(group)]);
    return shown.length === actual.length && shown.join() === actual.join();
  });

/** How many partitions each member has, the fewest first. */
const shares = async (group: string): Promise<readonly number[]> =>
  Object.values(await broker.members(group))
    .map(({ length }) => length)
    .toSorted((a, b) => a - b);

/** The rows of billing's dead letters, as `orders dlq list` has them. */
async function lettersOfBilling(): Promise<readonly string[]> {
  const { rows } = await runOperation(target, listLetters, { operation: 'list', consumer: 'billing' });
  return rows.map(({ orderId, state, redriven }) => `${orderId} ${state} ${redriven}`).toSorted();
}

describe('the tour, done with the buttons', () => {
  test('every group gets a full copy of the topic', async () => {
    await sendOrders(tour, 60);
    const [end, ...committed] = await Promise.all([
      broker.end(),
      ...GROUPS.map((group) => broker.committed(group)),
    ]);

    expect({ end, committed }).toEqual({ end: 60, committed: [60, 60, 60] });
  });

  test('members of a group share the partitions, and one too many is idle', async () => {
    await setPollers(tour, 'billing-group', 7);
    await untilOwnersAgree('billing-group');
    await tour.page.locator('[data-group=billing-group]').getByText('1 member idle').waitFor();

    expect(await shares('billing-group')).toEqual([0, 1, 1, 1, 1, 1, 1]);
  });

  test('the timeline says who joined', async () => {
    await tour.goTo('rebalances');
    const joined = tour.page.locator('[data-rebalance=billing-group]', { hasText: 'joined' });
    await joined.first().waitFor();
    const [newest = ''] = await tour.attributes('[data-rebalance=billing-group]', 'data-generation');

    const described = await npm.orders('status', '--json');

    expect({ generation: newest, described: described.exitCode }).toEqual({
      generation: expect.stringMatching(/^\d+$/),
      described: 0,
    });
  });

  test('a killed poller is on the timeline with its cause, and others read on in its place', async () => {
    await setPollers(tour, 'billing-group', 3);
    await killPoller(tour, 'billing-group');
    await tour.goTo('groups');
    await until(
      'the group to be whole again',
      async () => (await shares('billing-group')).join() === '2,2,2',
    );
    await untilOwnersAgree('billing-group');

    expect(await tour.owners('billing-group')).toEqual(await broker.owners('billing-group'));
  });

  test('a slow group falls behind alone, and catches up', async () => {
    const before = await broker.end();
    await fallBehind(tour, 'notification-group', { orders: 40, seconds: 10 });
    await until('the others to be done', async () => {
      const done = await Promise.all([
        broker.committed('billing-group'),
        broker.committed('inventory-group'),
      ]);
      return done.every((sum) => sum === before + 40);
    });
    const behind = (await broker.end()) - (await broker.committed('notification-group'));
    await catchUp(tour, 'notification-group');

    expect({ wasBehind: behind > 0, committed: await broker.committed('notification-group') }).toEqual({
      wasBehind: true,
      committed: before + 40,
    });
  });

  test('a group has offsets of its own', async () => {
    await joinFromOutside(tour);

    const cells = await tour.page.locator(`[data-cell^="${OUTSIDE_GROUP}/"] .cell-sub`).allTextContents();

    expect({
      members: Object.keys(await broker.members(OUTSIDE_GROUP)),
      uncommitted: cells.every((text) => text.startsWith('none of ')),
      committed: [await broker.committed(OUTSIDE_GROUP), await broker.committed('billing-group')],
    }).toEqual({
      members: ['outside-consumer'],
      uncommitted: true,
      committed: [0, await broker.end()],
    });
  });

  test('an order leads to its place, its attempts and its effects in every group', async () => {
    await npm.orders('produce', '--count', '1', '--seed', '7');
    await tour.findOrder('order-s7-1');
    await tour.page.locator('[data-effect=notification-group]').first().waitFor();
    await until('every group to be done', async () =>
      (await statesOfOrder()).every((text) => text.endsWith(' done')),
    );

    expect({
      states: await statesOfOrder(),
      attempts: await tour.page.getByText('attempt 1 succeeded').count(),
      effects: await tour.attributes('[data-effect]', 'data-effect'),
    }).toEqual({
      states: GROUPS.map((group) => `${group} done`),
      attempts: GROUPS.length,
      effects: ['billing-group', 'inventory-group', 'notification-group', 'notification-group'],
    });
  });

  test('a poisoned record is parked by each consumer, blocks nobody, and is rehearsed and redriven', async () => {
    const key = await poison(tour);
    const depths = await readDeadLetterDepths(target);
    const rehearsed = await tour.letterWork('billing', 'rehearse');
    const untouched = await lettersOfBilling();
    const redriven = await tour.letterWork('billing', 'redrive');
    await tour.page
      .locator('[data-letter]', { hasText: key })
      .getByRole('cell', { name: '1', exact: true })
      .waitFor();

    expect({
      depths,
      rehearsed: rehearsed.match(/1 {2}would fail \S+/)?.[0],
      untouched,
      redriven: redriven.match(/failed +1/)?.[0],
      after: await lettersOfBilling(),
      lag: await Promise.all(GROUPS.map((group) => broker.committed(group))),
    }).toEqual({
      depths: { billing: 1, inventory: 1, notifications: 1 },
      rehearsed: '1  would fail event-invalid',
      untouched: [`${key} waiting 0`],
      redriven: 'failed     1',
      after: [`${key} waiting 1`],
      lag: GROUPS.map(() => expect.any(Number)),
    });
  });

  test('a redrive brings back what can succeed, and the rest stays', async () => {
    const parked = parkedMessages({ run: 'tour', records: 3, keys: 3, poisonEvery: 3 });
    await withQueueClient(target, (client) =>
      sendAll(client, target.outputs.deadLetterQueueUrls.billing, parked),
    );
    const before = await lettersOfBilling();
    const redriven = await tour.letterWork('billing', 'redrive');
    await tour.page.locator('[data-journal=redrive]', { hasText: '2 applied' }).waitFor();

    expect({
      before: before.filter((row) => row.startsWith('tour')),
      redriven: redriven.match(/applied +2/)?.[0],
      after: (await lettersOfBilling()).filter((row) => row.startsWith('tour')),
    }).toEqual({
      before: ['tour-0 waiting 0', 'tour-1 waiting 0', 'tour-2 waiting 0'],
      redriven: 'applied    2',
      after: ['tour-2 waiting 1'],
    });
  });

  test("the browser's console stays empty, and no other host is asked", () => {
    expect(watched.complaints).toEqual([]);
  });
});

/** What each group of the pipeline has made of the order on the page. */
async function statesOfOrder(): Promise<readonly string[]> {
  const states = await tour.attributes('[data-journey]', 'data-journey', 'data-state');
  return states.filter((text) => GROUPS.some((group) => text.startsWith(group)));
}
