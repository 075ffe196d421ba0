import { type PoisonFailure, unexpected } from '../kernel/record-failure.ts';
import type { ConsumerOutcome } from '../kernel/record-outcome.ts';
import type { Result } from '../kernel/result.ts';
import type { ConsumerRecord } from './consumer-record.ts';
import { decodeRecord } from './decode-record.ts';
import type { KafkaRecord } from './kafka-event.ts';

/** Parses the consumer's value from a decoded record. */
export type ParseRecord<V> = (record: ConsumerRecord<unknown>) => Result<V, PoisonFailure>;

/** A record for the consumer, or the answer for a record that the consumer does not get to see. */
export type ReadRecord<V> =
  | { readonly kind: 'readable'; readonly record: ConsumerRecord<V> }
  | { readonly kind: 'answered'; readonly answer: ConsumerOutcome };

export function readRecord<V>(wire: KafkaRecord, parse: ParseRecord<V>): ReadRecord<V> {
  try {
    return decodeAndParse(wire, parse);
  } catch (cause) {
    return answered({
      kind: 'failed',
      failure: unexpected('Reading the record threw an error.', cause),
    });
  }
}

function decodeAndParse<V>(wire: KafkaRecord, parse: ParseRecord<V>): ReadRecord<V> {
  const decoded = decodeRecord(wire);
  if (!decoded.ok) return answered({ kind: 'poison', failure: decoded.error });
  if (decoded.value.kind === 'tombstone') return answered({ kind: 'skipped', reason: 'tombstone' });
  const { record } = decoded.value;
  const parsed = parse(record);
  if (!parsed.ok) return answered({ kind: 'poison', failure: parsed.error });
  const { topic, partition, offset, timestamp, key, headers } = record;
  return {
    kind: 'readable',
    record: { topic, partition, offset, timestamp, key, headers, value: parsed.value },
  };
}

function answered<V>(answer: ConsumerOutcome): ReadRecord<V> {
  return { kind: 'answered', answer };
}
