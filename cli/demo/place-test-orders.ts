import { setTimeout as delay } from 'node:timers/promises';
import { readGroups } from '@order-events/kafka-tools';
import { topology } from '../../lib/topology/topology.ts';
import type { Target } from '../connection/target.ts';
import { demoReport, type DemoReport } from './demo-report.ts';
import { readHandledOrders } from '../consumers/handled-orders.ts';
import { produceOrders } from '../commands/produce.ts';
import { progressLine } from '../terminal/progress-line.ts';
import { readEffects } from './read-effects.ts';
import { listStock } from '../commands/stock-set.ts';
import { readDeadLetterDepths } from '../status/dead-letter-depths.ts';

const EFFECTS_TIMEOUT_MS = 60_000;
const LOOK_EVERY_MS = 250;
const OUR_GROUPS = new Set<string>(topology.consumers.map(({ consumerGroupId }) => consumerGroupId));

/**
 * Waits until all is done that was sent before, sends orders, and waits until the consumers have done all that these ask for.
 *
 * @returns what was done; with its problems, when it is not complete in time.
 */
export async function placeTestOrders(target: Target, count: number): Promise<DemoReport> {
  await untilRead(target);
  const stockBefore = await listStock(target);
  const deadLettersBefore = await readDeadLetterDepths(target);
  const produced = await produceOrders(target, count);
  const orders = produced.map(({ record }) => record.event);
  const orderIds = orders.map(({ subject }) => subject);
  const progress = progressLine(process.stderr, () => performance.now());
  const deadline = Date.now() + EFFECTS_TIMEOUT_MS;
  try {
    for (;;) {
      const [effects, handled] = await Promise.all([
        readEffects(target),
        readHandledOrders(target, orderIds),
      ]);
      const report = demoReport({ orders, stockBefore, deadLettersBefore }, { ...effects, handled });
      if (report.ok || Date.now() > deadline) return report;
      progress.update(`Waiting for the services: ${report.problems[0] ?? ''}`);
      await delay(LOOK_EVERY_MS);
    }
  } finally {
    progress.done();
  }
}

/** Records that groups read again would change the stock at the same time. */
async function untilRead(target: Target): Promise<void> {
  const isRead = async (): Promise<boolean> => {
    const groups = await readGroups(await target.kafka());
    return groups
      .filter(({ groupId }) => OUR_GROUPS.has(groupId))
      .every(({ lag }) => lag.kind !== 'known' || lag.lag === 0);
  };
  const deadline = Date.now() + EFFECTS_TIMEOUT_MS;
  while (!(await isRead()) && Date.now() < deadline) await delay(LOOK_EVERY_MS);
}
