import type { KafkaEvent } from '../../functions/kafka/kafka-event.ts';
import { processBatch } from '../../functions/kafka/process-batch.ts';
import type { Bench, Contestant } from '../harness/bench.ts';
import { collectGarbage } from '../fixtures/collect-garbage.ts';
import { timed, type Cost } from '../harness/timed.ts';
import { powertoolsConsumer } from '../peers/powertools-kafka.ts';
import { batchDependencies } from '../fixtures/no-effect.ts';
import { eventOfOrders, ordersOf } from '../fixtures/order-batches.ts';

const OURS = 'order-events, runs of 25';
const OURS_250 = 'order-events, runs of 250';
const OURS_1 = 'order-events, record by record';
const POWERTOOLS = 'Powertools kafka with zod';
const FLOOR = 'bare loop: base64 and JSON.parse';

const BATCH = 500;
const RECORDS_A_ROUND = 40_000;
const RECORDS_A_QUICK_ROUND = 10_000;
/** Enough for the compiler of the JavaScript engine to be done with the code of every contestant. */
const RECORDS_OF_WARM_UP = 200_000;
/** For the heap to have its usual size again after the collection of all garbage. */
const RECORDS_OF_A_TURN = 10_000;

export const records: Bench = {
  name: 'records',
  question: 'What does it cost to read a record: decode, validate, lane, outcome, without any effect?',
  run: async ({ isQuick }, contest) => {
    const text = JSON.stringify(eventOfOrders(ordersOf(BATCH, 7)));
    const count = (isQuick ? RECORDS_A_QUICK_ROUND : RECORDS_A_ROUND) / BATCH;
    const contestant = (name: string, handle: (event: KafkaEvent) => unknown): Contestant => ({
      name,
      measure: async (round) => {
        if (round < 0) await costOfBatches(RECORDS_OF_WARM_UP / BATCH, text, handle);
        collectGarbage();
        await costOfBatches(RECORDS_OF_A_TURN / BATCH, text, handle);
        return { ...(await costOfBatches(count, text, handle)) };
      },
    });
    await contest({
      title: `The path of a record, ${BATCH} in a batch`,
      work: [
        `Each contestant reads ${RECORDS_OF_WARM_UP} records before the first round. Batches are read one by one, each from an event of its own.`,
        `Each turn begins with the collection of all garbage, and with ${RECORDS_OF_A_TURN} records that are not measured.`,
        `${count * BATCH} orders of the product's generator a round, ${Math.round(text.length / BATCH)} bytes each in the event, all keys different.`,
        'The bare loop decodes base64 and parses JSON; it validates nothing and keeps no order.',
        'Powertools reads and validates the value of each record, without key and headers; it has no lanes, no outcomes and no batch response.',
      ],
      metrics: [
        { name: 'cpuUs', title: 'CPU µs a record', digits: 2 },
        { name: 'rate', title: 'records a second', digits: 0 },
      ],
      contestants: [
        contestant(OURS, (event) => processBatch(event, batchDependencies(4, 25))),
        contestant(OURS_250, (event) => processBatch(event, batchDependencies(1, 250))),
        contestant(OURS_1, (event) => processBatch(event, batchDependencies(50, 1))),
        contestant(POWERTOOLS, powertoolsConsumer()),
        contestant(FLOOR, bareLoop),
      ],
      ratios: [
        {
          title: 'Powertools against ours, CPU',
          metric: 'cpuUs',
          of: POWERTOOLS,
          to: OURS,
          goal: { is: 'at least', value: 2 },
        },
        {
          title: 'ours against the bare loop, CPU',
          metric: 'cpuUs',
          of: OURS,
          to: FLOOR,
          goal: { is: 'at most', value: 2 },
        },
        {
          title: 'Powertools against ours in runs of 250, CPU',
          metric: 'cpuUs',
          of: POWERTOOLS,
          to: OURS_250,
        },
        {
          title: 'Powertools against ours record by record, CPU',
          metric: 'cpuUs',
          of: POWERTOOLS,
          to: OURS_1,
        },
      ],
      bounds: [],
      chart: { title: 'CPU of a record, in µs', metric: 'cpuUs' },
    });
  },
};

/** The average over batches, each parsed for its invocation and outside of the measurement, as Lambda's runtime does it. */
async function costOfBatches(
  batches: number,
  text: string,
  handle: (event: KafkaEvent) => unknown,
): Promise<Cost> {
  let cpuUs = 0;
  let seconds = 0;
  for (let left = batches; left > 0; left -= 1) {
    const event = JSON.parse(text) as KafkaEvent;
    const cost = await timed(BATCH, async () => {
      await handle(event);
    });
    cpuUs += cost.cpuUs;
    seconds += 1 / cost.rate;
  }
  return { cpuUs: cpuUs / batches, rate: batches / seconds };
}

function bareLoop({ records: byPartition }: KafkaEvent): unknown {
  let last: unknown;
  for (const list of Object.values(byPartition))
    for (const { value } of list) last = JSON.parse(Buffer.from(value ?? '', 'base64').toString());
  return last;
}
