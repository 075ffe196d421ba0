import type { Deadline } from '../kernel/deadline.ts';
import { type PoisonFailure, unexpected } from '../kernel/record-failure.ts';
import type { ConsumerOutcome, RecordOutcome } from '../kernel/record-outcome.ts';
import type { ConsumerRecord } from './consumer-record.ts';
import type { KafkaRecord } from './kafka-event.ts';
import type { ProcessRecords } from './process-records.ts';
import type { ReceivedRecord } from './received-record.ts';
import { type ParseRecord, readRecord } from './read-record.ts';

/** The ports that decide the fate of a record. `V` is the type of a parsed value. */
export interface SettleDependencies<V> {
  readonly parse: ParseRecord<V>;
  readonly process: ProcessRecords<V>;
  readonly park: ParkRecord;
  readonly deadline: Deadline;
}

/** Keeps a record, as received, in the consumer's own dead-letter queue; rejects when it could not be kept. */
export type ParkRecord = (record: KafkaRecord, failure: PoisonFailure) => Promise<void>;

/**
 * Reads the records, lets the consumer work on the good ones and parks the poison. Answers for each; never rejects. What cannot be
 * read is parked while the consumer works, so poison does not slow down the good records around it.
 */
export async function settleRun<V>(
  run: readonly ReceivedRecord[],
  deps: SettleDependencies<V>,
): Promise<readonly RecordOutcome[]> {
  const readable: ConsumerRecord<V>[] = [];
  const received: KafkaRecord[] = [];
  const unreadable = new Map<ReceivedRecord, Promise<RecordOutcome>>();
  for (const one of run) {
    const reading = readRecord(one.record, deps.parse);
    const read = reading instanceof Promise ? await reading : reading;
    if (read.kind === 'answered') {
      unreadable.set(one, parkPoison(one.record, read.answer, deps.park));
    } else {
      readable.push(read.record);
      received.push(one.record);
    }
  }
  const settled = await parkRefused(received, await askConsumer(readable, deps), deps.park);
  if (unreadable.size === 0) return settled;
  const outcomes: RecordOutcome[] = [];
  let next = 0;
  for (const one of run) outcomes.push((await unreadable.get(one)) ?? settled[next++] ?? NO_ANSWER);
  return outcomes;
}

/** Parks the records that the consumer refused. */
async function parkRefused(
  records: readonly KafkaRecord[],
  answers: readonly ConsumerOutcome[],
  park: ParkRecord,
): Promise<readonly RecordOutcome[]> {
  if (answers.every(isNoPoison)) return answers;
  return Promise.all(records.map((wire, index) => parkPoison(wire, answers[index] ?? NO_ANSWER, park)));
}

function isNoPoison(outcome: ConsumerOutcome): outcome is Exclude<ConsumerOutcome, { kind: 'poison' }> {
  return outcome.kind !== 'poison';
}

async function askConsumer<V>(
  records: readonly ConsumerRecord<V>[],
  { process, deadline }: SettleDependencies<V>,
): Promise<readonly ConsumerOutcome[]> {
  if (records.length === 0) return [];
  try {
    const answers = await process(records, deadline);
    // Without one answer for each record nothing is known about any of them.
    if (answers.length === records.length) return answers;
    throw new Error(`The consumer gave ${answers.length} answers for ${records.length} records.`);
  } catch (cause) {
    const failure = unexpected('Processing threw an error.', cause);
    return records.map(() => ({ kind: 'failed', failure }));
  }
}

const NO_ANSWER: Extract<ConsumerOutcome, { kind: 'failed' }> = {
  kind: 'failed',
  failure: unexpected('The consumer gave no answer.'),
};

/** Poison is kept at first sight and counts as handled; what could not be kept has to come again. */
export async function parkPoison(
  wire: KafkaRecord,
  answer: ConsumerOutcome,
  park: ParkRecord,
): Promise<RecordOutcome> {
  if (answer.kind !== 'poison') return answer;
  try {
    await park(wire, answer.failure);
    return { kind: 'parked', failure: answer.failure };
  } catch (cause) {
    const message = `The dead-letter queue did not take a record that was refused as ${answer.failure.code}.`;
    return { kind: 'failed', failure: { code: 'parking-failed', message, cause } };
  }
}
