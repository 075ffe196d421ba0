import type { KafkaEvent } from '../../functions/kafka/kafka-event.ts';
import { BATCH, batchesOf, whole, worldOn, type World } from '../fixtures/consumer-world.ts';
import type { Bench, Contest, Contestant, RatioSpec } from '../harness/bench.ts';
import { timed } from '../harness/timed.ts';
import { startMockStore } from '../store/start-mock-store.ts';

const SHARES = [0, 1, 5, 10];
const GOAL_SHARE = 5;
/** Valid JSON that is no order: the kind of poison that has to be read to be found. */
const POISON = Buffer.from(JSON.stringify({ order_id: 'poison', amount: 10.005 })).toString('base64');

export const errors: Bench = {
  name: 'errors',
  question: 'What do records cost that can never be handled, and are parked in the dead-letter queue?',
  run: async ({ isQuick }, contest) => {
    const store = await startMockStore();
    try {
      await contest(poisonContest(await worldOn(store), isQuick ? BATCH : BATCH * 8));
    } finally {
      await store.stop();
    }
  },
};

function poisonContest(world: World, events: number): Contest {
  return {
    title: 'Billing with poison among the orders',
    work: [
      `${events} new orders a round in batches of ${BATCH}; in each batch the given share is replaced by records that are no order.`,
      'The store answers each call after 7.5 ms. An order becomes an invoice, poison becomes a message in the dead-letter queue.',
    ],
    metrics: [
      { name: 'rate', title: 'records a second', digits: 0 },
      { name: 'cpuUs', title: 'CPU µs a record', digits: 0 },
      { name: 'requests', title: 'requests a record', digits: 3 },
    ],
    contestants: SHARES.map((percent) => withPoison(world, percent, events)),
    ratios: SHARES.slice(1).map(ratioOf),
    bounds: [],
    chart: { title: 'Records a second, by the share of poison', metric: 'rate' },
  };
}

function ratioOf(percent: number): RatioSpec {
  const title = `${percent} % poison against none, rate`;
  const ratio = { title, metric: 'rate', of: nameOf(percent), to: nameOf(0) };
  return percent === GOAL_SHARE ? { ...ratio, goal: { is: 'at least', value: 0.9 } } : ratio;
}

const nameOf = (percent: number): string => (percent === 0 ? 'no poison' : `${percent} % poison`);

function withPoison({ billing, freshOrders, store }: World, percent: number, events: number): Contestant {
  const handle = whole(billing);
  return {
    name: nameOf(percent),
    measure: async () => {
      const batches = batchesOf(freshOrders(events)).map((event) => poisoned(event, percent));
      await store.takeCounts();
      const cost = await timed(events, async () => {
        for (const event of batches) await handle(event);
      });
      const counts = Object.values((await store.takeCounts()) ?? {});
      return { ...cost, requests: counts.reduce((sum, count) => sum + count, 0) / events };
    },
  };
}

/** Replaces the value of some records, evenly. */
function poisoned(event: KafkaEvent, percent: number): KafkaEvent {
  if (percent === 0) return event;
  const every = 100 / percent;
  let index = 0;
  const records = Object.entries(event.records).map(([partition, list]) => [
    partition,
    list.map((record) => ((index += 1) % every === 0 ? { ...record, value: POISON } : record)),
  ]);
  return { ...event, records: Object.fromEntries(records) as KafkaEvent['records'] };
}
