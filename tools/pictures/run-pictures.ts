import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { projectDirectory } from '../../cli/project-folders.ts';
import { animationOf } from './animation.ts';
import { launchBrowser, prepareBrowser } from './browser.ts';
import { consolePage, type ConsolePage } from './console-page.ts';
import { startRunningConsole, type RunningConsole } from './running-console.ts';
import { startScreencast } from './screencast.ts';
import {
  catchUp,
  fallBehind,
  killPoller,
  PATIENCE_MS,
  poison,
  pressKill,
  sendOrders,
  setPollers,
  until,
  untilOthersReadOn,
} from './tour-steps.ts';

const FOLDER = join(projectDirectory, 'docs', 'pictures');
const MOST_ANIMATION_BYTES = 1_000_000;
const ORDER = 'order-s7-1';

/** Takes the pictures of the documents, by the steps of the tour that the tests take. */
async function main(): Promise<void> {
  await prepareBrowser();
  await mkdir(FOLDER, { recursive: true });
  const [browser, running] = await Promise.all([launchBrowser(), startRunningConsole()]);
  try {
    await recordAnimation(browser, running);
    await takePictures(browser, running);
  } finally {
    await browser.close();
    await running.stop();
  }
}

async function openTour(
  browser: Browser,
  running: RunningConsole,
  size: { readonly width: number; readonly height: number; readonly scale: number },
): Promise<ConsolePage> {
  const context = await browser.newContext({
    locale: 'en-US',
    viewport: { width: size.width, height: size.height },
    deviceScaleFactor: size.scale,
    colorScheme: 'light',
    reducedMotion: 'reduce',
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
  await running.open(page);
  return consolePage(page, running.endpoint);
}

async function takePictures(browser: Browser, running: RunningConsole): Promise<void> {
  const tour = await openTour(browser, running, { width: 1180, height: 800, scale: 1.5 });
  await sendOrders(tour, 60);
  await setPollers(tour, 'billing-group', 7);
  await take(tour.page, 'seventh-poller', '.groups');
  await setPollers(tour, 'billing-group', 3);
  await take(tour.page, 'groups');
  await take(tour.page, 'partition-3', '[aria-label^="Who reads"]');
  await killPoller(tour, 'billing-group');
  await take(tour.page, 'killed-poller');
  await fallBehind(tour, 'notification-group', { orders: 300, seconds: 12 });
  await catchUp(tour, 'notification-group');
  await tour.goTo('lag');
  await take(tour.page, 'lag');
  await running.orders('produce', '--count', '1', '--seed', '7');
  await tour.findOrder(ORDER);
  await untilEveryGroupIsDone(tour);
  await take(tour.page, 'order');
  await poison(tour);
  await take(tour.page, 'parked');
  await tour.letterWork('billing', 'rehearse');
  await tour.page.getByText('At work').waitFor({ state: 'detached' });
  await take(tour.page, 'failures', 'whole page');
  await tour.page.context().close();
}

async function untilEveryGroupIsDone({ page, attributes }: ConsolePage): Promise<void> {
  await page.locator('[data-effect=notification-group]').first().waitFor();
  await until('every group to be done', async () => {
    const states = await attributes('[data-journey]', 'data-state');
    return states.every((state) => state === 'done');
  });
}

/** Writes a picture of what is in sight, of the whole page, or of the first element that a selector finds. */
async function take(page: Page, name: string, part = 'in sight'): Promise<void> {
  const path = join(FOLDER, `${name}.png`);
  await page.evaluate('scrollTo(0, 0)');
  if (part === 'in sight') await page.screenshot({ path });
  else if (part === 'whole page') await page.screenshot({ path, fullPage: true });
  else await page.locator(part).first().screenshot({ path });
  console.log(`docs/pictures/${name}.png`);
}

/** A poller dies while orders come in: its partitions stand still, others take them, and the lag drains. */
async function recordAnimation(browser: Browser, running: RunningConsole): Promise<void> {
  const tour = await openTour(browser, running, { width: 1080, height: 700, scale: 1 });
  await setPollers(tour, 'billing-group', 3);
  await tour.experiment('produce', { count: '450', rate: '25' });
  await tour.goTo('groups');
  const stop = await startScreencast(tour.page);
  const name = await pressKill(tour, 'billing-group');
  await tour.goTo('groups');
  await tour.page.locator('[data-group=billing-group]').getByText(name).waitFor({ state: 'detached' });
  await catchUp(tour, 'billing-group');
  await untilOthersReadOn(tour, 'billing-group', name);
  const frames = await stop();
  const gif = await animationOf(frames);
  if (gif.length > MOST_ANIMATION_BYTES) {
    throw new Error(`The animation has ${gif.length} bytes; README's may have ${MOST_ANIMATION_BYTES}.`);
  }
  await writeFile(join(FOLDER, 'killed-poller.gif'), gif);
  console.log(`docs/pictures/killed-poller.gif: ${frames.length} frames, ${gif.length} bytes`);
  await tour.page.context().close();
}

await main();
