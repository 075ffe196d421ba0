import { setTimeout as delay } from 'node:timers/promises';
import type { Target } from '../connection/target.ts';
import { demoReport, type DemoReport } from './demo-report.ts';
import { produceOrders } from '../commands/produce.ts';
import { progressLine } from '../terminal/progress-line.ts';
import { readEffects } from './read-effects.ts';
import { seedCatalogue } from '../commands/stock-set.ts';

const EFFECTS_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 250;

/**
 * Fills the stock, sends orders, and waits until the three services have done all that the orders ask for.
 *
 * @returns what was done; with its problems, when it is not complete in time.
 */
export async function placeTestOrders(target: Target, count: number): Promise<DemoReport> {
  const stockBefore = await seedCatalogue(target);
  const produced = await produceOrders(target, count);
  const orders = produced.map(({ record }) => record.event);
  const progress = progressLine(process.stderr, () => performance.now());
  const deadline = Date.now() + EFFECTS_TIMEOUT_MS;
  try {
    for (;;) {
      const report = demoReport({ orders, stockBefore }, await readEffects(target));
      if (report.ok || Date.now() > deadline) return report;
      progress.update(`Waiting for the services: ${report.problems[0] ?? ''}`);
      await delay(LOOK_EVERY_MS);
    }
  } finally {
    progress.done();
  }
}
