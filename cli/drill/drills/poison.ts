import { connectProducer } from '@order-events/kafka-tools';
import { listLetters, type LetterList } from '../../../functions/redrive/operations/list.ts';
import { redriveLetters } from '../../../functions/redrive/operations/redrive.ts';
import { topology } from '../../../lib/topology/topology.ts';
import { runOperation } from '../../operations/run-operation.ts';
import type { Drill } from '../drill.ts';
import type { Rehearsal } from '../rehearsal.ts';
import { craftedRecords, type CraftedRecord } from '../world/poison-records.ts';

/** Redrives that a record gets before it is held. */
const MOST_REDRIVES = 3;
const RETRIES = 5;

/** A record, and where the topic has it, as a row of dead letters is named: `<partition>:<offset>`. */
interface Placed {
  readonly name: string;
  readonly end: CraftedRecord['end'];
  readonly place: string;
}

type Rows = LetterList['rows'];

/** Every class of bad record among good orders, from the topic to the dead-letter queue and back. */
export const poisonDrill: Drill = {
  name: 'poison',
  story:
    'Bad records of every kind arrive among good orders. They are parked, and redriven until they are held.',
  run: async (rehearsal) => {
    const crafted = await rehearsal.step(
      'bad records arrive among good ones; functions die while parking the first; batches are retried in halves',
      () => sendAndCrash(rehearsal),
    );
    const late = await rehearsal.step('queues refuse: parking is retried', () => refuseQueues(rehearsal));
    const placed = [...crafted, ...late];
    await rehearsal.step('every group has parked each bad record, and no good one', async () => {
      await rehearsal.recover();
      await inEveryGroup((consumer) => compareParked(rehearsal, consumer, placed));
    });
    for (let time = 1; time <= MOST_REDRIVES; time += 1) {
      await rehearsal.step(`redrive ${time} of ${MOST_REDRIVES}: they fail again`, () =>
        inEveryGroup((consumer) => redriveAll(rehearsal, consumer)),
      );
    }
    await rehearsal.step(`each is held after ${MOST_REDRIVES} redrives, and kept`, () =>
      inEveryGroup((consumer) => compareHeld(rehearsal, consumer, placed)),
    );
  },
};

async function inEveryGroup(work: (consumer: string) => Promise<void>): Promise<void> {
  await Promise.all(topology.consumers.map(({ name }) => work(name)));
}

async function sendAndCrash(rehearsal: Rehearsal): Promise<readonly Placed[]> {
  const { world } = rehearsal;
  let sprung = false;
  const spring = async (): Promise<void> => {
    await world.killAll('function');
    sprung = true;
  };
  world.proxy.setTrap({ service: 'sqs', operations: ['SendMessage'], when: 'before', spring });
  try {
    const placed = await sendCrafted(rehearsal);
    await rehearsal.mustCome('A function that dies while it parks', () => sprung);
    await rehearsal.sendOrders();
    return placed;
  } finally {
    world.proxy.clearTraps();
  }
}

/** Past the ordinary sender, which takes text alone: some of these records are no text, or have no key or value. */
async function sendCrafted({ world, options }: Rehearsal): Promise<readonly Placed[]> {
  const { kafka, outputs } = world.target;
  const producer = await connectProducer(await kafka(), { retries: RETRIES });
  try {
    const placed: Placed[] = [];
    for (const { name, end, key, value, headers = {} } of craftedRecords(String(options.seed))) {
      const message = { key, value, headers };
      const [at] = await producer.send({ topic: outputs.topicName, acks: -1, messages: [message] });
      placed.push({ name, end, place: `${at?.partition}:${at?.baseOffset}` });
    }
    return placed;
  } finally {
    await producer.disconnect();
  }
}

async function refuseQueues(rehearsal: Rehearsal): Promise<readonly Placed[]> {
  const { proxy } = rehearsal.world;
  const before = proxy.injected;
  proxy.spoil(['sqs'], { kind: 'error', share: 1 });
  try {
    const key = `poison-${rehearsal.options.seed}-late`;
    const sent = await rehearsal.send([{ key, value: 'not an order' }]);
    await rehearsal.mustCome('A message that a queue refuses', () => proxy.injected > before);
    return sent.map(({ partition, offset }) => ({
      name: 'F41 while queues refuse',
      end: 'parked',
      place: `${partition}:${offset}`,
    }));
  } finally {
    await proxy.heal();
  }
}

async function rowsOf({ world }: Rehearsal, consumer: string): Promise<ReadonlyMap<string, Rows[number]>> {
  const { rows } = await runOperation(world.target, listLetters, { operation: 'list', consumer });
  return new Map(rows.map((row) => [row.id, row]));
}

async function compareParked(
  rehearsal: Rehearsal,
  consumer: string,
  placed: readonly Placed[],
): Promise<void> {
  const rows = await rowsOf(rehearsal, consumer);
  for (const { name, end, place } of placed) {
    const isParked = rows.get(place)?.kind === 'parked';
    if (isParked !== (end === 'parked'))
      rehearsal.problems.push(
        `${consumer} has ${isParked ? 'parked' : 'not parked'} ${name} at ${place}; it must be ${end}.`,
      );
  }
}

async function redriveAll({ world }: Rehearsal, consumer: string): Promise<void> {
  await runOperation(world.target, redriveLetters, {
    operation: 'redrive',
    consumer,
    by: 'orders drill poison',
    words: 'everything',
    selection: {},
    force: false,
    pastHeld: false,
  });
}

async function compareHeld(rehearsal: Rehearsal, consumer: string, placed: readonly Placed[]): Promise<void> {
  const rows = await rowsOf(rehearsal, consumer);
  for (const { name, place } of placed.filter(({ end }) => end === 'parked')) {
    const row = rows.get(place);
    if (row?.state !== 'held' || row.redriven !== MOST_REDRIVES)
      rehearsal.problems.push(
        `${consumer} has ${name} at ${place} as ${row?.state ?? 'gone'} after ${row?.redriven ?? 0} redrives.`,
      );
  }
}
