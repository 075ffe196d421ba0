import { SQSClient } from '@aws-sdk/client-sqs';
import type { Target } from '../../cli/connection/target.ts';
import { withLocalPorts } from '../../cli/operations/run-locally.ts';
import type { LetterRow } from '../../functions/redrive/letters/row.ts';
import { MOST_TRIES } from '../../functions/redrive/memory/operations-memory.ts';
import { listLetters } from '../../functions/redrive/operations/list.ts';
import {
  redriveLetters,
  type RedriveAnswer,
  type RedriveRequest,
} from '../../functions/redrive/operations/redrive.ts';
import type { ConsumerPort, OperationPorts } from '../../functions/redrive/ports.ts';
import { dyingPorts, type KillPoint } from './dying-ports.ts';
import { MemoryQueue } from './memory-queue.ts';
import { indexOf, isPoison, keyOf, parkedMessages, sendAll, type ParkedOrders } from './parked-orders.ts';
import { withoutDedupe } from './without-dedupe.ts';

export interface CampaignOptions extends ParkedOrders {
  /** The maximum number of records delivered at once. */
  readonly batchSize: number;
  /** The moments at which a redrive is killed, one redrive each. */
  readonly killPoints: readonly KillPoint[];
  /** Records per second, and the number of records redriven at that rate at the end. */
  readonly rate: { readonly perSecond: number; readonly records: number };
  /** The place of the messages: the SQS emulator, or the campaign's memory, which is fast enough for thousands. */
  readonly queue: 'emulator' | 'memory';
  /** True plants a mistake that the campaign must find. */
  readonly isPlanted?: boolean;
  readonly say: (line: string) => void;
}

export interface CampaignReport {
  readonly records: number;
  readonly listMs: number;
  readonly listMegabytes: number;
  /** The number of killed redrives; one whose kill point is never reached completes. */
  readonly killed: number;
  readonly redriveSeconds: number;
  readonly applied: number;
  readonly held: number;
  /** Per cent by which the rate differed from the limit; above 0: faster. */
  readonly rateOffPercent: number;
  /** Violations: double effects, lost records, changed order, tries other than three, a slow list, another rate. */
  readonly problems: readonly string[];
}

/** A dead redrive's lease and turn are over after this. */
const AFTER_DEATH_MS = 130_000;
/** Behind all records that were killed. */
const RATE_FIRST_INDEX = 10_000_000;
const MOST_LIST_MS = 10_000;
const MOST_LIST_MEGABYTES = 200;
const MOST_RATE_OFF_PERCENT = 10;

const everything: RedriveRequest = {
  operation: 'redrive',
  consumer: 'billing',
  by: 'campaign',
  words: 'everything',
  selection: {},
  force: false,
  pastHeld: false,
};

type WitnessedOrders = ParkedOrders & Pick<CampaignOptions, 'batchSize'>;

/** The records delivered to the consumer, in order, and those that had their effect afterwards. */
class Witness {
  readonly applied = new Map<number, number>();
  readonly problems: string[] = [];
  readonly #lastOfKey = new Map<number, number>();
  readonly #orders: WitnessedOrders;

  constructor(orders: WitnessedOrders) {
    this.#orders = orders;
  }

  /** Ports that report each delivery to the witness. The following rehearsal looks up the effects. */
  watch(ports: OperationPorts, skewMs: () => number): OperationPorts {
    const consumers = Object.fromEntries(
      Object.entries(ports.consumers).map(([name, consumer]) => [
        name,
        {
          ...consumer,
          batchSize: this.#orders.batchSize,
          deliver: async (records: Parameters<typeof consumer.deliver>[0]) => {
            const before = await consumer.rehearse(records);
            const delivery = await consumer.deliver(records);
            for (const [index, record] of records.entries()) {
              if (before[index]?.outcome === 'processed') this.#note(indexOf(this.#orders, record));
              else
                this.problems.push(
                  `${indexOf(this.#orders, record)} was handed over although it had its effect`,
                );
            }
            return delivery;
          },
        },
      ]),
    );
    return { ...ports, consumers, nowMs: () => ports.nowMs() + skewMs() };
  }

  #note(index: number): void {
    const key = keyOf(this.#orders, index);
    const times = (this.applied.get(index) ?? 0) + 1;
    this.applied.set(index, times);
    if (times > 1) this.problems.push(`${index} had a second effect`);
    if (index < (this.#lastOfKey.get(key) ?? -1))
      this.problems.push(`${index} came behind a later one of its key`);
    this.#lastOfKey.set(key, index);
  }
}

/** Puts records into the dead-letter queue that the campaign redrives. */
type Park = (orders: ParkedOrders) => Promise<void>;

/** Parks records, kills redrives at many steps, runs two at once, and checks the final state. */
export async function runCampaign(target: Target, options: CampaignOptions): Promise<CampaignReport> {
  return options.queue === 'memory'
    ? withLocalPorts(target, undefined, (ports) => campaignInMemory(ports, options))
    : campaignInEmulator(target, options);
}

function campaignInMemory(ports: OperationPorts, options: CampaignOptions): Promise<CampaignReport> {
  const letters = new MemoryQueue(ports);
  const park: Park = (orders) => {
    for (const message of parkedMessages(orders)) letters.send(message, ports.nowMs());
    return Promise.resolve();
  };
  const billing = { ...billingOf(ports), letters };
  return campaign({ ...ports, consumers: { ...ports.consumers, billing } }, options, park);
}

async function campaignInEmulator(target: Target, options: CampaignOptions): Promise<CampaignReport> {
  const queues = new SQSClient({ ...target.awsClientConfig, useQueueUrlAsEndpoint: false });
  const park: Park = (orders) =>
    sendAll(queues, target.outputs.deadLetterQueueUrls.billing, parkedMessages(orders));
  try {
    return await withLocalPorts(target, undefined, (ports) => campaign(ports, options, park));
  } finally {
    queues.destroy();
  }
}

function billingOf({ consumers }: OperationPorts): ConsumerPort {
  const { billing } = consumers;
  if (billing === undefined) throw new Error('There is no billing.');
  return billing;
}

async function campaign(real: OperationPorts, options: CampaignOptions, park: Park): Promise<CampaignReport> {
  const { say } = options;
  await park(options);
  say(`Parked ${options.records} records over ${options.keys} keys.`);
  let skewMs = 0;
  const witness = new Witness(options);
  const watched = witness.watch(real, () => skewMs);
  const ports = options.isPlanted === true ? withoutDedupe(watched) : watched;
  const listed = await timedList(ports);
  say(`Listed in ${Math.round(listed.ms)} ms with ${listed.megabytes.toFixed(0)} MB more memory.`);
  const startedAt = performance.now();
  const killed = await killAtPoints(ports, options, (ms) => {
    skewMs += ms;
  });
  say(`Killed ${killed} redrives.`);
  await twoAtOnce(ports);
  await redriveUntilQuiet(ports, {});
  await redriveUntilQuiet(ports, { pastHeld: true });
  const applied = witness.applied.size;
  const redriveSeconds = (performance.now() - startedAt) / 1_000;
  const poisonProblems = await problemsOfPoison(ports, options);
  await redrive(ports, { force: true, pastHeld: true });
  const problems = [
    ...witness.problems,
    ...poisonProblems,
    ...(await problemsOfGoodOnes(ports, options, witness)),
  ];
  const { rows } = await list(ports);
  const rateOffPercent = await measureRate(ports, options, park);
  if (Math.abs(rateOffPercent) > MOST_RATE_OFF_PERCENT)
    problems.push(`the rate is off by ${rateOffPercent.toFixed(1)} %`);
  if (listed.ms > MOST_LIST_MS) problems.push(`a list took ${Math.round(listed.ms)} ms`);
  if (listed.megabytes > MOST_LIST_MEGABYTES) problems.push(`a list took ${Math.round(listed.megabytes)} MB`);
  return {
    records: options.records,
    listMs: listed.ms,
    listMegabytes: listed.megabytes,
    killed,
    redriveSeconds,
    applied,
    held: rows.filter(({ state }) => state === 'held').length,
    rateOffPercent,
    problems,
  };
}

function redrive(ports: OperationPorts, wish: Partial<RedriveRequest>): Promise<RedriveAnswer> {
  return redriveLetters.run(ports, { ...everything, ...wish });
}

const list = (ports: OperationPorts) => listLetters.run(ports, { operation: 'list', consumer: 'billing' });

async function timedList(
  ports: OperationPorts,
): Promise<{ readonly ms: number; readonly megabytes: number }> {
  const before = process.memoryUsage().rss;
  let most = before;
  const watch = setInterval(() => {
    most = Math.max(most, process.memoryUsage().rss);
  }, 20);
  const startedAt = performance.now();
  await list(ports);
  const ms = performance.now() - startedAt;
  clearInterval(watch);
  return { ms, megabytes: (most - before) / 1_000_000 };
}

/**
 * Kills each redrive at its kill point. The next one runs after the killed one's lease and visibility timeout: the
 * clock is advanced, and the messages become visible.
 */
async function killAtPoints(
  ports: OperationPorts,
  { killPoints, say }: CampaignOptions,
  moveClock: (ms: number) => void,
): Promise<number> {
  let killed = 0;
  for (const point of killPoints) {
    const dying = dyingPorts(ports, point);
    await Promise.race([redrive(dying.ports, {}), dying.died]);
    const { call = 'any call', nth, when } = point;
    say(`  ${when} ${call} ${nth}: ${dying.isDead() ? 'killed' : 'never came, so it went through'}`);
    if (!dying.isDead()) continue;
    killed += 1;
    moveClock(AFTER_DEATH_MS);
    await dying.showHidden();
  }
  return killed;
}

/** Repeats redrives, as an operator would, until one has nothing left to do. */
async function redriveUntilQuiet(ports: OperationPorts, wish: Partial<RedriveRequest>): Promise<void> {
  for (;;) {
    const { counts } = await redrive(ports, wish);
    if (counts.applied + counts.leftOut + counts.failed === 0) return;
  }
}

async function twoAtOnce(ports: OperationPorts): Promise<void> {
  await Promise.all([redrive(ports, {}), redrive(ports, {})]);
}

type RowsByIndex = ReadonlyMap<number, LetterRow>;

async function rowsByIndex(ports: OperationPorts, orders: ParkedOrders): Promise<RowsByIndex> {
  const { rows } = await list(ports);
  return new Map(rows.map((row) => [indexOf(orders, { offset: row.offset ?? 0 }), row]));
}

/** Checks that poison records still exist and were tried exactly three times. */
async function problemsOfPoison(ports: OperationPorts, options: CampaignOptions): Promise<readonly string[]> {
  const rows = await rowsByIndex(ports, options);
  return indexesOf(options).flatMap((index) => {
    if (!isPoison(options, index)) return [];
    const row = rows.get(index);
    if (row === undefined) return [`poison ${index} is lost`];
    const isHeld = row.redriven === MOST_TRIES && row.state === 'held';
    return isHeld ? [] : [`poison ${index} is ${row.state} after ${row.redriven} tries`];
  });
}

/**
 * Checks that all other records have their effect and no message. A record whose redrive was killed three times
 * during its try is held, whatever its result, until a forced redrive handles it.
 */
async function problemsOfGoodOnes(
  ports: OperationPorts,
  options: CampaignOptions,
  { applied }: Witness,
): Promise<readonly string[]> {
  const rows = await rowsByIndex(ports, options);
  return indexesOf(options).flatMap((index) => {
    if (isPoison(options, index)) return [];
    if (!applied.has(index)) return [`${index} has no effect`];
    return rows.has(index) ? [`${index} has its effect and its message is still there`] : [];
  });
}

function indexesOf({ records }: ParkedOrders): readonly number[] {
  return Array.from({ length: records }, (_, index) => index);
}

async function measureRate(
  ports: OperationPorts,
  { run, rate }: CampaignOptions,
  park: Park,
): Promise<number> {
  await park({
    run: `${run}-rate`,
    records: rate.records,
    keys: rate.records,
    poisonEvery: Number.MAX_SAFE_INTEGER,
    firstIndex: RATE_FIRST_INDEX,
  });
  let firstAt: number | undefined;
  let lastAt = 0;
  const billing = billingOf(ports);
  const startsAt: ConsumerPort = {
    ...billing,
    deliver: (records) => {
      lastAt = performance.now();
      firstAt ??= lastAt - (records.length / rate.perSecond) * 1_000;
      return billing.deliver(records);
    },
  };
  await redrive(
    { ...ports, consumers: { ...ports.consumers, billing: startsAt } },
    { perSecond: rate.perSecond, pastHeld: true },
  );
  const perSecond = rate.records / ((lastAt - (firstAt ?? lastAt)) / 1_000);
  return (perSecond / rate.perSecond - 1) * 100;
}
