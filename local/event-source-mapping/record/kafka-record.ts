import type { RecordHeader, TimestampType } from './polled-record.ts';

/**
 * A record of the event. A null key has no property; neither has a tombstone's value, or it is null by option.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/with-msk.html
 */
export interface KafkaRecord {
  readonly topic: string;
  readonly partition: number;
  readonly offset: number;
  /** Epoch milliseconds. */
  readonly timestamp: number;
  readonly timestampType: TimestampType;
  /** Base64. */
  readonly key?: string;
  /** Base64; zero bytes are `""`. */
  readonly value?: string | null;
  /** One-key objects in the record's order; each value is a list of signed bytes, -128 to 127. */
  readonly headers: readonly Readonly<Record<string, readonly number[]>>[];
}

/**
 * Builds the wire form of a header. Its bytes are signed, because the service writes Java bytes.
 * @see https://github.com/aws/aws-lambda-dotnet/pull/1476
 */
export function toWireHeader({ key, value }: RecordHeader): Record<string, number[]> {
  return { [key]: [...new Int8Array(value.buffer, value.byteOffset, value.byteLength)] };
}
