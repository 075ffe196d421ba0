import type { Deadline } from '../kernel/deadline.ts';
import { type PoisonFailure, unexpected } from '../kernel/record-failure.ts';
import type { ConsumerOutcome, RecordOutcome } from '../kernel/record-outcome.ts';
import type { ConsumerRecord } from './consumer-record.ts';
import type { KafkaRecord } from './kafka-event.ts';
import type { ProcessRecords } from './process-records.ts';
import { type ParseRecord, type ReadRecord, readRecord } from './read-record.ts';

/** What the fate of a record depends on. `V` is what a record's value becomes. */
export interface SettleDependencies<V> {
  readonly parse: ParseRecord<V>;
  readonly process: ProcessRecords<V>;
  readonly park: ParkRecord;
  readonly deadline: Deadline;
}

/** Keeps a record, as received, in the consumer's own dead-letter queue; rejects when it could not be kept. */
export type ParkRecord = (record: KafkaRecord, failure: PoisonFailure) => Promise<void>;

type Answers<V> = ReadonlyMap<ConsumerRecord<V>, ConsumerOutcome | undefined>;

/** Reads the records, lets the consumer work on the good ones and parks the poison. Answers for each; never rejects. */
export async function settleRun<V>(
  run: readonly KafkaRecord[],
  deps: SettleDependencies<V>,
): Promise<readonly RecordOutcome[]> {
  const read = run.map((wire) => readRecord(wire, deps.parse));
  const answers = await askConsumer(read.flatMap(readableRecord), deps);
  return Promise.all(read.map((one) => parkPoison(one.wire, answerFor(one, answers), deps.park)));
}

function readableRecord<V>(read: ReadRecord<V>): readonly ConsumerRecord<V>[] {
  return read.kind === 'readable' ? [read.record] : [];
}

async function askConsumer<V>(
  records: readonly ConsumerRecord<V>[],
  { process, deadline }: SettleDependencies<V>,
): Promise<Answers<V>> {
  if (records.length === 0) return new Map();
  try {
    return matched(records, await process(records, deadline));
  } catch (cause) {
    const failure = unexpected('Processing threw an error.', cause);
    return new Map(records.map((record) => [record, { kind: 'failed', failure }]));
  }
}

/** Without one answer for each record nothing is known about any of them. */
function matched<V>(records: readonly ConsumerRecord<V>[], answers: readonly ConsumerOutcome[]): Answers<V> {
  if (answers.length !== records.length) {
    throw new Error(`The consumer gave ${answers.length} answers for ${records.length} records.`);
  }
  return new Map(records.map((record, index) => [record, answers[index]]));
}

function answerFor<V>(read: ReadRecord<V>, answers: Answers<V>): ConsumerOutcome {
  if (read.kind === 'answered') return read.answer;
  return answers.get(read.record) ?? { kind: 'failed', failure: unexpected('The consumer gave no answer.') };
}

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
