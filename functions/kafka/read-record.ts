import { type PoisonFailure, unexpected } from '../kernel/record-failure.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import type { Result } from '../kernel/result.ts';
import type { ConsumerRecord } from './consumer-record.ts';
import { decodeRecord } from './decode-record.ts';
import type { KafkaRecord } from './kafka-event.ts';

type Parsed<V> = Result<V, PoisonFailure>;

/** Parses the consumer's value from a decoded record: at once, or later where it first has to load code for a rare one. */
export type ParseRecord<V> = (record: ConsumerRecord<unknown>) => Parsed<V> | Promise<Parsed<V>>;

/** A record for the consumer, or the answer for a record that the consumer does not get to see. */
export type ReadRecord<V> =
  | { readonly kind: 'readable'; readonly record: ConsumerRecord<V> }
  | { readonly kind: 'answered'; readonly answer: ConsumerOutcome };

/** Reads a record; the promise, if it is one, never rejects. */
export function readRecord<V>(
  wire: KafkaRecord,
  parse: ParseRecord<V>,
): ReadRecord<V> | Promise<ReadRecord<V>> {
  try {
    return decodeAndParse(wire, parse);
  } catch (cause) {
    return threw(cause);
  }
}

function decodeAndParse<V>(wire: KafkaRecord, parse: ParseRecord<V>): ReadRecord<V> | Promise<ReadRecord<V>> {
  const decoded = decodeRecord(wire);
  if (!decoded.ok) return answered({ kind: 'poison', failure: decoded.error });
  if (decoded.value.kind === 'tombstone') return answered({ kind: 'skipped', reason: 'tombstone' });
  const { record } = decoded.value;
  const parsed = parse(record);
  return parsed instanceof Promise
    ? parsed.then((later) => readAs(record, later)).catch(threw<V>)
    : readAs(record, parsed);
}

function readAs<V>(record: ConsumerRecord<unknown>, parsed: Parsed<V>): ReadRecord<V> {
  if (!parsed.ok) return answered({ kind: 'poison', failure: parsed.error });
  const { topic, partition, offset, timestamp, key, headers } = record;
  return {
    kind: 'readable',
    record: { topic, partition, offset, timestamp, key, headers, value: parsed.value },
  };
}

function threw<V>(cause: unknown): ReadRecord<V> {
  return answered({
    kind: 'failed',
    failure: unexpected('Reading the record threw an error.', cause),
  });
}

function answered<V>(answer: ConsumerOutcome): ReadRecord<V> {
  return { kind: 'answered', answer };
}
