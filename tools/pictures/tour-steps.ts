import { waitFor } from '../../local/helpers/wait-for.ts';
import type { ConsolePage } from './console-page.ts';

/** A busy machine takes its time; nothing is waited for longer. */
export const PATIENCE_MS = 90_000;

export const GROUPS = ['billing-group', 'inventory-group', 'notification-group'] as const;

/** A group that is not the pipeline's own. */
export const OUTSIDE_GROUP = 'my-group';

/** Waits for a condition, as long as a person with a busy machine would. */
export const until = (what: string, condition: () => Promise<boolean>): Promise<void> =>
  waitFor(condition, { what, timeoutMs: PATIENCE_MS });

/** Sends orders, and waits until the page shows that every group has read all of them. */
export async function sendOrders(tour: ConsolePage, count: number): Promise<void> {
  await tour.goTo('groups');
  const before = await endOnPage(tour);
  await tour.experiment('produce', { count: String(count) });
  await tour.goTo('groups');
  await until(`the page to show ${count} more records and no lag`, async () => {
    const [end, isDone] = [await endOnPage(tour), await showsNoLag(tour)];
    return end === before + count && isDone;
  });
}

/** How many records the matrix shows on the topic: each cell says `committed of end`. */
async function endOnPage(tour: ConsolePage): Promise<number> {
  const cells = tour.page.locator(`[data-cell^="${GROUPS[0]}/"] .cell-sub`);
  await cells.first().waitFor();
  const texts = await cells.allTextContents();
  return texts.reduce((sum, text) => sum + Number(text.split(' of ')[1]?.replaceAll(',', '') ?? 0), 0);
}

async function showsNoLag(tour: ConsolePage): Promise<boolean> {
  const lags = await Promise.all(GROUPS.map((group) => tour.lag(group)));
  return lags.every((lag) => lag === '0');
}

/** Sets the pollers of a group, and waits until the page shows them settled. */
export async function setPollers(tour: ConsolePage, group: string, count: number): Promise<void> {
  await tour.experiment('pollers', { group, count: String(count) });
  await tour.goTo('groups');
  const card = tour.page.locator(`[data-group="${group}"]`);
  await until(`the page to show ${count} settled members of ${group}`, async () => {
    const [members, settled] = await Promise.all([
      card.locator('[data-member]').count(),
      card.getByText('Stable', { exact: true }).count(),
    ]);
    return members === count && settled === 1;
  });
}

/** Kills a poller of a group that has several, and waits until the timeline says who went on in its place. */
export async function killPoller(tour: ConsolePage, group: string): Promise<void> {
  const name = await pressKill(tour, group);
  await untilOthersReadOn(tour, group, name);
}

/** Kills the first poller of a group. @returns what the page calls it. */
export async function pressKill(tour: ConsolePage, group: string): Promise<string> {
  await tour.goTo('experiments');
  await tour.page.locator('[data-experiment=kill] option').first().waitFor({ state: 'attached' });
  const pollers = await tour.attributes('[data-experiment=kill] option', 'value');
  const poller = pollers.find((value) => value.startsWith(`${group} `));
  if (poller === undefined) throw new Error(`The page offers no poller of ${group} to be killed.`);
  await tour.experiment('kill', { poller });
  return `poller ${poller.split(' ')[1]}`;
}

/** Waits until the timeline has a killed poller's session timeout, and says who reads its partitions now. */
export async function untilOthersReadOn(tour: ConsolePage, group: string, name: string): Promise<void> {
  await tour.goTo('rebalances');
  const entries = tour.page.locator(`[data-rebalance="${group}"]`);
  await until('the timeline to say who reads the partitions of the killed poller', async () => {
    const newestFirst = await entries.allInnerTexts();
    const lost = newestFirst.findIndex((text) => text.includes(`${name} sent no heartbeat`));
    // Where a new poller joins within the same second, the entry of the join has the moves.
    const since = newestFirst.slice(0, lost + 1);
    return since.some((text) => text.includes(`from ${name} to`) && text.includes('nobody read for'));
  });
}

/** Slows a consumer down and sends orders. Resolves while the page shows its lag, before it drains. */
export async function fallBehind(
  tour: ConsolePage,
  group: string,
  { orders, seconds }: { readonly orders: number; readonly seconds: number },
): Promise<void> {
  await tour.experiment('slow', { group, delayMs: '4000', seconds: String(seconds) });
  await tour.experiment('produce', { count: String(orders) });
  await tour.goTo('groups');
  await until('the lag to show', async () => Number(await tour.lag(group)) > 0);
}

/** Waits until the page shows that a group has caught up. */
export async function catchUp(tour: ConsolePage, group: string): Promise<void> {
  await tour.goTo('groups');
  await until('the lag to drain', async () => (await tour.lag(group)) === '0');
}

/** Sends a record that nobody can process, and follows it until every group has parked it. @returns its key. */
export async function poison(tour: ConsolePage): Promise<string> {
  await tour.experiment('poison', { kind: 'amount' });
  const link = tour.page.locator('[data-experiment=poison] .outcome a');
  const key = (await link.innerText()).replace('Follow ', '');
  await link.click();
  await tour.page.locator('[data-event]').first().waitFor();
  await until('every group to have parked it', async () => {
    const states = await tour.attributes('[data-journey]', 'data-state');
    return states.filter((state) => state === 'parked').length === GROUPS.length;
  });
  return key;
}

/** Lets a client from outside join a group of its own, and waits until the page shows that it reads all. */
export async function joinFromOutside(tour: ConsolePage): Promise<void> {
  await tour.experiment('join', { group: OUTSIDE_GROUP });
  await tour.goTo('groups');
  await until('the outside consumer to read every partition', async () => {
    const owners = await tour.owners(OUTSIDE_GROUP);
    return owners.length > 0 && owners.every((owner) => owner === 'outside-consumer');
  });
}
