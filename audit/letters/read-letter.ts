import * as z from 'zod/mini';
import { fingerprint } from '../fingerprint.ts';

/** The part of a dead-letter message that an audit needs. */
export type Letter =
  | {
      readonly kind: 'parked';
      readonly groupId: string;
      readonly topic: string;
      readonly partition: number;
      readonly offset: number;
      readonly reason: string;
      /**
       * The fingerprint of the value in base64; 0 for a record without a value, undefined when the message contains
       * no record.
       */
      readonly value: number | undefined;
    }
  /** Lambda's own message about a discarded batch, with the positions of its records but not their content. */
  | { readonly kind: 'pointer'; readonly ranges: readonly OffsetRange[] }
  | { readonly kind: 'malformed' };

/** Offsets from the first to the last, both included. */
export interface OffsetRange {
  /** `<topic>-<partition>` */
  readonly topicPartition: string;
  readonly first: number;
  readonly last: number;
}

const parkedMessage = z.object({
  kind: z.enum(['parked-record', 'parked-record-pointer']),
  group: z.string(),
  topic: z.string(),
  partition: z.int(),
  offset: z.int(),
  reason: z.string(),
  value: z.nullish(z.string()),
});

/** @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html */
const batchMessage = z.object({
  KafkaBatchInfo: z.object({
    recordsInfo: z.record(
      z.string(),
      z.object({ firstRecordOffset: z.coerce.number(), lastRecordOffset: z.coerce.number() }),
    ),
  }),
});

export function readLetter(body: string): Letter {
  const json = parse(body);
  const parked = parkedMessage.safeParse(json);
  if (parked.success) {
    const { kind, group, topic, partition, offset, reason, value } = parked.data;
    const content =
      kind === 'parked-record' ? { value: value ? fingerprint(value) : 0 } : { value: undefined };
    return { kind: 'parked', groupId: group, topic, partition, offset, reason, ...content };
  }
  const batch = batchMessage.safeParse(json);
  if (!batch.success) return { kind: 'malformed' };
  const ranges = Object.entries(batch.data.KafkaBatchInfo.recordsInfo).map(([topicPartition, info]) => ({
    topicPartition,
    first: info.firstRecordOffset,
    last: info.lastRecordOffset,
  }));
  return { kind: 'pointer', ranges };
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return undefined;
  }
}
