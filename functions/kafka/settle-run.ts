import type { Deadline } from '../kernel/deadline.ts';
import { type PoisonFailure, unexpected } from '../kernel/record-failure.ts';
import type { ConsumerOutcome, RecordOutcome } from '../kernel/record-outcome.ts';
import type { ConsumerRecord } from './consumer-record.ts';
import type { KafkaRecord } from './kafka-event.ts';
import type { ProcessRecords } from './process-records.ts';
import { type ParseRecord, type ReadRecord, readRecord } from './read-record.ts';

/** The ports that decide the fate of a record. `V` is the type of a parsed value. */
export interface SettleDependencies<V> {
  readonly parse: ParseRecord<V>;
  readonly process: ProcessRecords<V>;
  readonly park: ParkRecord;
  readonly deadline: Deadline;
}

/** Keeps a record, as received, in the consumer's own dead-letter queue; rejects when it could not be kept. */
export type ParkRecord = (record: KafkaRecord, failure: PoisonFailure) => Promise<void>;

/** Reads the records, lets the consumer work on the good ones and parks the poison. Answers for each; never rejects. */
export async function settleRun<V>(
  run: readonly KafkaRecord[],
  deps: SettleDependencies<V>,
): Promise<readonly RecordOutcome[]> {
  const read = run.map((wire) => readRecord(wire, deps.parse));
  const answers = await askConsumer(readableRecords(read), deps);
  let answered = 0;
  const settled = read.map((one) =>
    one.kind === 'answered' ? one.answer : (answers[answered++] ?? NO_ANSWER),
  );
  if (settled.every(isNoPoison)) return settled;
  return Promise.all(run.map((wire, index) => parkPoison(wire, settled[index] ?? NO_ANSWER, deps.park)));
}

function readableRecords<V>(read: readonly ReadRecord<V>[]): readonly ConsumerRecord<V>[] {
  const readable: ConsumerRecord<V>[] = [];
  for (const one of read) if (one.kind === 'readable') readable.push(one.record);
  return readable;
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

const NO_ANSWER: ConsumerOutcome = {
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
