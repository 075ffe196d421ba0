import { isUtf8 } from 'node:buffer';
import type { PoisonCode, PoisonFailure } from '../kernel/record-failure.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { ConsumerRecord } from './consumer-record.ts';
import { areHeaders } from './decode-headers.ts';
import { foreignValue } from './foreign-value.ts';
import type { KafkaRecord } from './kafka-event.ts';

/** `{` */
const BRACE = 0x7b;
const REPLACEMENT = '\uFFFD';

/** A reused buffer for the bytes of values, so that no buffer is allocated for each record. */
const MOST_SCRATCH_BYTES = 65_536;
const scratch = Buffer.alloc(MOST_SCRATCH_BYTES);

export type DecodedRecord =
  /** A record without a value, which deletes its key on a compacted topic. */
  { readonly kind: 'tombstone' } | { readonly kind: 'value'; readonly record: ConsumerRecord<unknown> };

/**
 * From the wire form to a record whose value is parsed JSON. Total for a record with coordinates: whatever key, value
 * and headers are, it answers, and the failure quotes nothing of them.
 */
export function decodeRecord(wire: KafkaRecord): Result<DecodedRecord, PoisonFailure> {
  const key: unknown = wire.key ?? undefined;
  const headers: unknown = wire.headers ?? [];
  if (key !== undefined && typeof key !== 'string') {
    return poison('record-malformed', 'The key is neither text nor null.');
  }
  if (!areHeaders(headers)) {
    return poison('record-malformed', 'The headers are not a list of names with a list of bytes each.');
  }
  if (wire.value === null || wire.value === undefined) return ok({ kind: 'tombstone' });
  const value = decodeJson(wire.value);
  if (!value.ok) return value;
  const { topic, partition, offset, timestamp } = wire;
  return ok({
    kind: 'value',
    record: {
      topic,
      partition,
      offset,
      timestamp,
      key: key === '' ? undefined : key,
      headers,
      value: value.value,
    },
  });
}

function decodeJson(value: unknown): Result<unknown, PoisonFailure> {
  if (typeof value !== 'string') return poison('record-malformed', 'The value is neither text nor null.');
  const bytes = value.length > MOST_SCRATCH_BYTES ? Buffer.from(value, 'base64') : scratch;
  const length = bytes === scratch ? scratch.write(value, 'base64') : bytes.length;
  if (length !== decodedLength(value)) return poison('value-not-base64', 'The value is not base64.');
  // Nearly every value begins as an object does, and nothing foreign does.
  const foreign = bytes[0] === BRACE ? undefined : foreignValue(bytes.subarray(0, length));
  if (foreign !== undefined) return poison('value-not-json', foreign);
  const text = bytes.toString('utf8', 0, length);
  // It stands in the place of what is no UTF-8, and may as well be part of the text.
  if (text.includes(REPLACEMENT) && !isUtf8(bytes.subarray(0, length)))
    return poison('value-not-utf8', 'The value is not UTF-8 text.');
  try {
    return ok(JSON.parse(text));
  } catch {
    return poison('value-not-json', `The value, ${length} bytes of text, is not JSON.`);
  }
}

/** `Buffer` skips what is not base64 and stops at a `=`, so that text which is not base64 gives fewer bytes than this. */
function decodedLength(base64: string): number {
  const padding = base64.endsWith('==') ? 2 : Number(base64.endsWith('='));
  return (base64.length / 4) * 3 - padding;
}

function poison(code: PoisonCode, message: string): Result<never, PoisonFailure> {
  return err({ code, message });
}
