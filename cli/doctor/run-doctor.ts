import { setTimeout as delay } from 'node:timers/promises';
import { openTopicReader, readGroups, type GroupReport, type GroupTimeLeft } from '@order-events/kafka-tools';
import {
  diagnose,
  readKeyShares,
  sampleOf,
  type Diagnosis,
  type Facts,
  type KeyShares,
} from '../../doctor/index.ts';
import { topology } from '../../lib/topology/topology.ts';
import type { Target } from '../connection/target.ts';
import { readMappings } from './read-mappings.ts';
import { readTimesLeft } from './read-times-left.ts';
import { noteSample, recallSamples } from './sample-memory.ts';

const EVERY_MS = 1_000;

export interface Watching {
  /** The time for which readings are taken, one per second. */
  readonly forMs: number;
  /** Is told the seconds that are left. */
  readonly onWait: (secondsLeft: number) => void;
}

/** Takes readings for a while, and lets every check look at them and at those that earlier commands noted. */
export async function runDoctor(target: Target, { forMs, onWait }: Watching): Promise<Diagnosis> {
  for (let left = forMs; left > 0; left -= EVERY_MS) {
    onWait(Math.ceil(left / 1_000));
    await noteReading(target, await readGroups(await target.kafka()));
    await delay(Math.min(EVERY_MS, left));
  }
  const groups = await readGroups(await target.kafka());
  const mappings = await readMappings(target);
  const keys = { kind: 'known', value: await keySharesOf(target) } as const;
  const { timesLeft: value } = await readTimesLeft(target, groups);
  const timesLeft = { kind: 'known', value } as const;
  const diagnosis = await diagnoseReading(target, { groups, mappings, keys, timesLeft });
  await noteReading(target, groups);
  return diagnosis;
}

/** Diagnoses one reading, for `orders status`. It does not read the keys of records, because that takes too long. */
export async function quickDiagnosis(
  target: Target,
  groups: readonly GroupReport[],
  known: readonly GroupTimeLeft[],
): Promise<Diagnosis> {
  const keys = { kind: 'unknown', reason: 'only orders doctor reads records' } as const;
  const timesLeft = { kind: 'known', value: known } as const;
  const mappings = await readMappings(target);
  const diagnosis = await diagnoseReading(target, { groups, mappings, keys, timesLeft });
  await noteReading(target, groups);
  return diagnosis;
}

/** Lets every check look at one reading and at those that earlier commands noted. */
async function diagnoseReading(
  target: Target,
  reading: Pick<Facts, 'groups' | 'mappings' | 'keys' | 'timesLeft'>,
): Promise<Diagnosis> {
  const topic = target.outputs.topicName;
  return diagnose({
    takenAt: Date.now(),
    topic: { name: topic, partitions: partitionsIn(reading.groups, topic) },
    consumers: topology.consumers.map(({ name, consumerGroupId }) => ({ name, groupId: consumerGroupId })),
    earlier: await recallSamples(target),
    ...reading,
  });
}

async function noteReading(target: Target, groups: readonly GroupReport[]): Promise<void> {
  await noteSample(target, sampleOf(groups, target.outputs.topicName, Date.now()));
}

async function keySharesOf({ outputs, brokers }: Target): Promise<KeyShares> {
  const reader = openTopicReader(outputs.topicName, brokers);
  try {
    return await readKeyShares(reader);
  } finally {
    await reader.close();
  }
}

/** Every group that reads the topic knows all of its partitions; before the first one there is what is planned. */
function partitionsIn(groups: readonly GroupReport[], topic: string): number {
  const counts = groups.map(({ partitions }) => partitions.filter((one) => one.topic === topic).length);
  return Math.max(...counts, 0) || topology.topic.partitions;
}
