import { randomInt, randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { choosePort } from '../../local/engines/choose-port.ts';
import type { Engine } from '../../local/engines/engine.ts';
import { makeRunDirectories } from '../../local/environment/run-directories.ts';
import { startBroker } from '../../local/environment/start-engines.ts';
import { waitFor } from '../../local/environment/wait-for.ts';
import { connectKafkaAdmin, type KafkaAdmin } from '../broker/support/kafka-admin.ts';
import { type ProcessRow, survivorsOf } from '../environment/process-table.ts';
import { candidates, type Emulator, killIfThere, startEmulator, type Victim } from './emulator.ts';
import { type CommitSample, judge, type LedgerRecord } from './judge.ts';
import { deployRecordingFunction, monotonicNow, readJournals } from './recording-function.ts';

jest.setTimeout(240_000);

const RECORDS = 50_000;
const PARTITIONS = 6;
const KEYS = 500;
const KILLS: Readonly<Record<Victim, number>> = { poller: 7, function: 12, emulator: 3 };
/** Between two kills: chance alone decides what a kill meets, so there is no condition to wait for. */
const PAUSE_MS = { from: 300, to: 1_200 };
const SAMPLE_EVERY_MS = 100;

let directory: string;
let broker: Engine;
let kafka: KafkaAdmin;
let emulator: Emulator | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kill-9-'));
  broker = await startBroker(
    await choosePort(0),
    await makeRunDirectories(join(directory, 'broker')),
    () => undefined,
  );
  kafka = await connectKafkaAdmin(broker.endpoint);
});

afterEach(async () => {
  await emulator?.kill();
  await kafka.disconnect();
  await broker.stop();
  await rm(directory, { recursive: true, force: true });
});

/** Numbers that only the seed decides. */
function randomNumbers(seed: number): (from: number, to: number) => number {
  const generator = xoroshiro128plus(seed);
  return (from, to) => uniformInt(generator, from, to);
}

/** All kills in an order that only chance decides. */
function schedule(random: (from: number, to: number) => number): Victim[] {
  const victims: Victim[] = [];
  for (const victim of ['poller', 'function', 'emulator'] as const) {
    for (let count = 0; count < KILLS[victim]; count += 1)
      victims.splice(random(0, victims.length), 0, victim);
  }
  return victims;
}

/** Stores records and notes each under the offset that it got: nobody else writes to the topic. */
async function produce(
  topic: string,
  ledger: readonly LedgerRecord[][],
  {
    from,
    to,
    sequences,
  }: { readonly from: number; readonly to: number; readonly sequences: Map<string, number> },
): Promise<void> {
  const records = Array.from({ length: to - from }, (_, index) => {
    const number = (from + index) % KEYS;
    const key = `key-${number}`;
    const sequence = sequences.get(key) ?? 0;
    sequences.set(key, sequence + 1);
    return { partition: number % PARTITIONS, key, sequence, value: `${key}/${sequence}` };
  });
  await kafka.produce(
    topic,
    records.map(({ partition, key, value }) => ({ partition, key, value })),
  );
  for (const { partition, ...record } of records) ledger[partition]?.push(record);
}

/** Asks the broker for the committed offsets again and again. */
async function sampleCommits(
  consumerGroupId: string,
  topic: string,
  { samples, signal }: { readonly samples: CommitSample[]; readonly signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    const askedAt = monotonicNow();
    const committed = await kafka.committed(consumerGroupId, topic);
    samples.push({ askedAt, toldAt: monotonicNow(), committed });
    await delay(SAMPLE_EVERY_MS);
  }
}

test('kill -9 of pollers, functions and the emulator loses nothing, keeps the order of each key and commits only what was handled', async () => {
  const seed = Number(process.env['FAULTS_SEED'] ?? randomInt(2 ** 31));
  const random = randomNumbers(seed);
  const startedAt = monotonicNow();
  const topic = await kafka.createTopic(PARTITIONS);
  const consumerGroupId = `group-${randomUUID()}`;
  const settings = {
    broker: broker.endpoint,
    topic,
    consumerGroupId,
    pollers: 3,
    replaceAfterMs: 1_000,
    batchSize: 100,
    ...(await deployRecordingFunction(directory)),
  };
  const ledger = Array.from({ length: PARTITIONS }, (): LedgerRecord[] => []);
  const samples: CommitSample[] = [];
  const sampling = new AbortController();
  const sampled = sampleCommits(consumerGroupId, topic, { samples, signal: sampling.signal });
  const processes: ProcessRow[] = [];
  const errors: string[] = [];
  const onError = (text: string): void => {
    errors.push(text);
  };
  const kills = { poller: 0, function: 0, emulator: 0 };
  const sequences = new Map<string, number>();

  emulator = startEmulator(settings, onError);
  const victims = schedule(random);
  for (const [index, victim] of victims.entries()) {
    const [from, to] = [index, index + 1].map((part) => Math.floor((part * RECORDS) / victims.length));
    await produce(topic, ledger, { from: from ?? 0, to: to ?? 0, sequences });
    await delay(random(PAUSE_MS.from, PAUSE_MS.to));
    await kill(victim);
  }
  await waitFor(isDrained, { what: 'everything to be committed', timeoutMs: 90_000 });
  processes.push(...(await emulator.processes()));
  await emulator.stop();
  sampling.abort();
  await sampled;
  const survivors = await survivorsOf(processes);
  const { breaches, repeats } = judge({
    ledger,
    samples,
    calls: await readJournals(settings.journalDirectory),
  });
  const seconds = ((monotonicNow() - startedAt) / 1_000).toFixed(1);
  console.info(
    `seed ${seed} (FAULTS_SEED=${seed} repeats it): ${kills.poller} pollers, ${kills.function} functions and ` +
      `${kills.emulator} emulators killed, ${repeats} of ${RECORDS} records repeated, ${seconds} s`,
  );

  expect(breaches.slice(0, 20)).toEqual([]);
  expect(errors).toEqual([]);
  expect(kills).toEqual(KILLS);
  expect(survivors).toEqual([]);

  async function kill(victim: Victim): Promise<void> {
    if (emulator === undefined) return;
    if (victim === 'emulator') {
      await waitForVictims('poller');
      processes.push(...(await emulator.processes()));
      await emulator.kill();
      emulator = startEmulator(settings, onError);
    } else {
      const [first, ...others] = await waitForVictims(victim);
      const chosen = victim === 'poller' ? [first, ...others][random(0, others.length)] : first;
      if (!killIfThere(chosen ?? 0)) return;
    }
    kills[victim] += 1;
  }

  async function waitForVictims(victim: 'poller' | 'function'): Promise<number[]> {
    let found: number[] = [];
    await waitFor(
      async () => {
        found = candidates((await emulator?.processes()) ?? [], victim);
        return found.length > 0;
      },
      { what: `a ${victim} process`, timeoutMs: 30_000 },
    );
    return found;
  }

  function isDrained(): boolean {
    const committed = samples.at(-1)?.committed ?? {};
    return ledger.every((records, partition) => committed[partition] === records.length);
  }
});
