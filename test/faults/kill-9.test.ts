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
import { makeRunDirectories } from '../../local/environment/plan/run-directories.ts';
import { enginesDirectory } from '../../cli/project-folders.ts';
import { startBroker } from '../../local/environment/start/start-engines.ts';
import { waitFor } from '../../local/helpers/wait-for.ts';
import { connectKafkaAdmin, type KafkaAdmin } from '../broker/support/kafka-admin.ts';
import { deployRecordingFunction, monotonicNow, readJournals } from '../broker/support/recording-function.ts';
import { type CommitSampling, sampleCommits } from './commit-samples.ts';
import { EmulatorUnderFire, type Victim } from './emulator.ts';
import { judge } from './judge.ts';
import { Ledger } from './ledger.ts';

jest.setTimeout(240_000);

const RECORDS = 50_000;
const PARTITIONS = 6;
const KILLS: Readonly<Record<Victim, number>> = { poller: 7, function: 12, emulator: 3 };
/** Between two kills: chance alone decides what a kill meets, so there is no condition to wait for. */
const PAUSE_MS = { shortest: 300, longest: 1_200 };
/** How long a call takes, so that most kills hit an open one. */
const CALL_MS = 60;
const DRAIN_TIMEOUT_MS = 90_000;

/** A number from 0 to the given one. */
type Random = (highest: number) => number;

let directory: string;
let broker: Engine;
let kafka: KafkaAdmin;
let emulator: EmulatorUnderFire | undefined;
let sampling: CommitSampling | undefined;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kill-9-'));
  const directories = await makeRunDirectories(join(directory, 'broker'), enginesDirectory);
  broker = await startBroker(await choosePort(0), directories, () => undefined);
  kafka = await connectKafkaAdmin(broker.endpoint);
});

afterEach(async () => {
  await emulator?.end();
  await sampling?.stop();
  await kafka.disconnect();
  await broker.stop();
  await rm(directory, { recursive: true, force: true });
});

function randomNumbers(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  return (highest) => uniformInt(generator, 0, highest);
}

/** All kills, in an order that chance decides. */
function schedule(random: Random): Victim[] {
  const victims: Victim[] = [];
  for (const victim of ['poller', 'function', 'emulator'] as const) {
    for (let count = 0; count < KILLS[victim]; count += 1) victims.splice(random(victims.length), 0, victim);
  }
  return victims;
}

/** Spreads the records over the time of the kills. */
async function produceUnderFire(ledger: Ledger, target: EmulatorUnderFire, random: Random): Promise<void> {
  const victims = schedule(random);
  for (const [index, victim] of victims.entries()) {
    await ledger.produceUpTo(Math.floor(((index + 1) * RECORDS) / victims.length));
    await delay(PAUSE_MS.shortest + random(PAUSE_MS.longest - PAUSE_MS.shortest));
    await target.kill(victim);
  }
}

function isDrained({ records }: Ledger, { samples }: CommitSampling): boolean {
  const committed = samples.at(-1)?.committed ?? {};
  return records.every(({ length }, partition) => committed[partition] === length);
}

test('kill -9 of pollers, functions and the emulator loses nothing, keeps the order of each key and commits only what was handled', async () => {
  const seed = Number(process.env['FAULTS_SEED'] ?? randomInt(2 ** 31));
  const random = randomNumbers(seed);
  const topic = await kafka.createTopic(PARTITIONS);
  const consumerGroupId = `group-${randomUUID()}`;
  const ledger = new Ledger(kafka, topic, PARTITIONS);
  const deployed = await deployRecordingFunction(directory, CALL_MS);
  const limits = { pollers: 3, replaceAfterMs: 1_000, batchSize: 100 };

  const startedAt = monotonicNow();
  const commits = sampleCommits(kafka, consumerGroupId, topic);
  sampling = commits;
  emulator = new EmulatorUnderFire(
    { broker: broker.endpoint, topic, consumerGroupId, ...limits, ...deployed },
    random,
  );
  await produceUnderFire(ledger, emulator, random);
  await waitFor(() => isDrained(ledger, commits), {
    what: `everything to be committed (seed ${seed})`,
    timeoutMs: DRAIN_TIMEOUT_MS,
  });
  const survivors = await emulator.stop();
  await commits.stop();
  const { kills, errors } = emulator;
  const { breaches, repeats } = judge({
    ledger: ledger.records,
    samples: commits.samples,
    calls: await readJournals(deployed.journalDirectory),
  });
  console.info(
    `FAULTS_SEED=${seed} repeats this: killed ${JSON.stringify(kills)}; ` +
      `${repeats} of ${RECORDS} records came again; ${Math.round(monotonicNow() - startedAt)} ms`,
  );

  expect(breaches.slice(0, 20)).toEqual([]);
  expect(kills).toEqual(KILLS);
  expect(errors).toEqual([]);
  expect(survivors).toEqual([]);
});
