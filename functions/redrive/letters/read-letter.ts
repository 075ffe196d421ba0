import * as z from 'zod/mini';
import type { KafkaRecord } from '../../kafka/kafka-event.ts';
import type { Letter, PointedRange } from './letter.ts';

/** As `functions/kafka/parked-record.ts` writes it. */
const parkedMessage = z.object({
  kind: z.enum(['parked-record', 'parked-record-pointer']),
  version: z.literal(1),
  group: z.string(),
  topic: z.string(),
  partition: z.int(),
  offset: z.int(),
  timestamp: z.int(),
  timestampType: z.string(),
  reason: z.string(),
  message: z.string(),
});

const offset = z.union([z.int(), z.string().check(z.regex(/^\d{1,16}$/))]);

const rangeInfo = z.object({
  firstRecordOffset: offset,
  lastRecordOffset: offset,
  firstRecordTimestamp: z.optional(z.string()),
});

/** The two spellings of Lambda's message. https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html */
const batchMessage = z.object({
  requestContext: z.optional(z.object({ condition: z.optional(z.string()) })),
  KafkaBatchInfo: z.object({
    recordsInfo: z.optional(z.record(z.string(), rangeInfo)),
    /** As it is sent to a Kafka topic: it names the partition in the payload alone. */
    recordInfo: z.optional(z.object({ offset, timestamp: z.optional(z.string()) })),
  }),
  payload: z.optional(z.object({ records: z.record(z.string(), z.unknown()) })),
});

/**
 * Reads the body of a message in the dead-letter queue of a consumer group. Total: whatever it holds, there is an answer.
 */
export function readLetter(body: string, group: string): Letter {
  const json = parse(body);
  if (json === undefined) return malformed('It is not JSON.');
  const parked = parkedMessage.safeParse(json);
  if (parked.success) return parkedLetter(parked.data, json, group);
  const batch = batchMessage.safeParse(json);
  if (batch.success) return pointerLetter(batch.data);
  return malformed('It is neither a parked record nor a batch that Lambda gave up.');
}

function parkedLetter(parked: z.infer<typeof parkedMessage>, json: object, group: string): Letter {
  if (parked.group !== group) return malformed(`It was parked by ${parked.group}.`);
  const { topic, partition, offset: at, timestamp, timestampType, reason, message } = parked;
  const record = { topic, partition, offset: at };
  const isWhole = parked.kind === 'parked-record';
  const content = isWhole ? { ...record, timestamp, timestampType, ...contentOf(json) } : undefined;
  return { kind: 'parked', record, timestampMs: timestamp, reason, message, isWhole, content };
}

/** Key, value and headers as they came; the consumer judges them anew. */
function contentOf(parked: Partial<KafkaRecord>): Pick<KafkaRecord, 'key' | 'value' | 'headers'> {
  const { key, value, headers } = parked;
  return {
    ...(key === undefined ? {} : { key }),
    ...(value === undefined ? {} : { value }),
    ...(headers === undefined ? {} : { headers }),
  };
}

function pointerLetter({ requestContext, KafkaBatchInfo, payload }: z.infer<typeof batchMessage>): Letter {
  const { recordsInfo = {}, recordInfo } = KafkaBatchInfo;
  const [inPayload] = Object.keys(payload?.records ?? {});
  const single =
    recordInfo === undefined || inPayload === undefined ? [] : [[inPayload, asRange(recordInfo)] as const];
  const ranges = [...Object.entries(recordsInfo), ...single].flatMap(([name, info]) => rangeOf(name, info));
  if (ranges.length === 0) return malformed('It names no partition and offsets.');
  return { kind: 'pointer', reason: requestContext?.condition ?? 'given up', ranges };
}

function asRange(info: {
  offset: number | string;
  timestamp?: string | undefined;
}): z.infer<typeof rangeInfo> {
  return {
    firstRecordOffset: info.offset,
    lastRecordOffset: info.offset,
    firstRecordTimestamp: info.timestamp,
  };
}

/** A topic's name may hold a hyphen itself. */
function rangeOf(topicPartition: string, info: z.infer<typeof rangeInfo>): readonly PointedRange[] {
  const [, topic, partition] = /^(.+)-(\d+)$/.exec(topicPartition) ?? [];
  const [first, last] = [Number(info.firstRecordOffset), Number(info.lastRecordOffset)];
  if (topic === undefined || partition === undefined || last < first) return [];
  const firstTimestampMs = Date.parse(info.firstRecordTimestamp ?? '');
  return [
    {
      topic,
      partition: Number(partition),
      first,
      last,
      firstTimestampMs: Number.isNaN(firstTimestampMs) ? undefined : firstTimestampMs,
    },
  ];
}

function malformed(why: string): Letter {
  return { kind: 'malformed', why };
}

function parse(body: string): object | undefined {
  try {
    const json: unknown = JSON.parse(body);
    return typeof json === 'object' && json !== null ? json : undefined;
  } catch {
    return undefined;
  }
}
