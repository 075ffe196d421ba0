import { z } from 'zod';
import type { BatchVerdict, ResponseWarning } from './batch-verdict.ts';
import type { FunctionCall } from '../batch/function-call.ts';
import type { InvocationResult } from './invocation-result.ts';
import type { Result } from '../../helpers/result.ts';
import { compareOffsets, topicPartitionKey, type TopicPartitionOffset } from '../record/topic-partition.ts';

/** The settings for reading a function's response. */
export interface ResponsePolicy {
  /** `FunctionResponseTypes` holds `ReportBatchItemFailures`; without it no response is read. */
  readonly reportBatchItemFailures: boolean;
  readonly stringOffsets: 'reject' | 'accept';
}

/**
 * Reads the verdict of an invocation about the records of its event. Every result and every response has a verdict.
 * An empty answer means success, and one identifier that is not in the event fails the whole batch.
 * @param sent the records of the event, in event order.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-retry-configurations.html
 */
export function readBatchResponse(
  result: InvocationResult,
  sent: readonly TopicPartitionOffset[],
  policy: ResponsePolicy,
): BatchVerdict {
  if (result.kind === 'returned') {
    return policy.reportBatchItemFailures ? readPayload(result, sent, policy) : succeeded();
  }
  if (result.kind === 'functionError') {
    const { call, message } = result;
    return { kind: 'allFailed', call, cause: 'functionError', message, warnings: [] };
  }
  return { kind: 'notReached', cause: result.kind, message: result.message };
}

function readPayload(
  { call, payload }: { readonly call: FunctionCall; readonly payload: string },
  sent: readonly TopicPartitionOffset[],
  policy: ResponsePolicy,
): BatchVerdict {
  const items = listedItems(payload);
  if (!items.ok) return invalid(call, items.error);
  if (items.value.items.length === 0) return succeeded(items.value.warnings);
  return readItems(call, items.value.items, sent, policy);
}

function succeeded(warnings: readonly ResponseWarning[] = []): BatchVerdict {
  return { kind: 'succeeded', warnings };
}

function invalid(call: FunctionCall, warning: ResponseWarning): BatchVerdict {
  return { kind: 'allFailed', call, cause: 'invalidResponse', message: warning.message, warnings: [warning] };
}

interface ListedItems {
  readonly items: readonly unknown[];
  readonly warnings: readonly ResponseWarning[];
}

const objectSchema = z.record(z.string(), z.unknown());

/** Returns the entries of `batchItemFailures`; empty for every form of an empty answer. */
function listedItems(payload: string): Result<ListedItems, ResponseWarning> {
  if (payload.trim() === '') return none(EMPTY_RESPONSE);
  const response = parseJson(payload);
  if (!response.ok) return response;
  if (response.value === null) return none();
  const object = objectSchema.safeParse(response.value);
  if (!object.success) return refuse('NOT_AN_OBJECT', `The response is ${nameType(response.value)}`);
  const { batchItemFailures } = object.data;
  if (!('batchItemFailures' in object.data)) {
    return Object.keys(object.data).length === 0 ? none() : none(NO_BATCH_ITEM_FAILURES);
  }
  if (batchItemFailures === null) return none();
  if (Array.isArray(batchItemFailures)) {
    return { ok: true, value: { items: batchItemFailures, warnings: [] } };
  }
  return refuse('NOT_A_LIST', `batchItemFailures is ${nameType(batchItemFailures)}`);
}

function parseJson(payload: string): Result<unknown, ResponseWarning> {
  try {
    return { ok: true, value: JSON.parse(payload) as unknown };
  } catch {
    return refuse('NOT_JSON', 'The response is not JSON');
  }
}

function none(...warnings: ResponseWarning[]): Result<ListedItems, ResponseWarning> {
  return { ok: true, value: { items: [], warnings } };
}

const ADVICE =
  'so the whole batch is retried; return { batchItemFailures: [{ itemIdentifier: { partition: "<topic>-<partition>", offset: <number> } }] } with records of the event';

const EMPTY_RESPONSE: ResponseWarning = {
  code: 'EMPTY_RESPONSE',
  message:
    'The response has no body, which counts as success; return { batchItemFailures: [] } to say so explicitly',
};

const NO_BATCH_ITEM_FAILURES: ResponseWarning = {
  code: 'NO_BATCH_ITEM_FAILURES',
  message:
    'The response has no batchItemFailures, which counts as success; return { batchItemFailures: [] } to say so explicitly',
};

function refuse(
  code: ResponseWarning['code'],
  finding: string,
): { readonly ok: false; readonly error: ResponseWarning } {
  return { ok: false, error: { code, message: `${finding}, ${ADVICE}` } };
}

function nameType(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'a list' : `of type ${typeof value}`;
}

function readItems(
  call: FunctionCall,
  items: readonly unknown[],
  sent: readonly TopicPartitionOffset[],
  policy: ResponsePolicy,
): BatchVerdict {
  const index = indexOf(sent);
  const failed = new Set<TopicPartitionOffset>();
  for (const [position, item] of items.entries()) {
    const found = findRecord(item, index, { policy, where: `batchItemFailures[${position}]` });
    if (!found.ok) return invalid(call, found.error);
    failed.add(found.value);
  }
  const coordinates = [...failed]
    .toSorted(compareOffsets)
    .map(({ topic, partition, offset }) => ({ topic, partition, offset }));
  return { kind: 'someFailed', call, failed: coordinates, warnings: [] };
}

type SentIndex = ReadonlyMap<string, ReadonlyMap<number, TopicPartitionOffset>>;

function indexOf(sent: readonly TopicPartitionOffset[]): SentIndex {
  const index = new Map<string, Map<number, TopicPartitionOffset>>();
  for (const record of sent) {
    const key = topicPartitionKey(record);
    const offsets = index.get(key) ?? new Map<number, TopicPartitionOffset>();
    index.set(key, offsets.set(record.offset, record));
  }
  return index;
}

const itemSchema = z.object({
  itemIdentifier: z.object({ partition: z.string(), offset: z.union([z.number(), z.string()]) }),
});

interface ItemReading {
  readonly policy: ResponsePolicy;
  /** Returns the item's position in the response, for messages. */
  readonly where: string;
}

function findRecord(
  item: unknown,
  index: SentIndex,
  { policy, where }: ItemReading,
): Result<TopicPartitionOffset, ResponseWarning> {
  const read = itemSchema.safeParse(item);
  if (!read.success) return refuse('BAD_IDENTIFIER', `${where} has no identifier object`);
  const { partition, offset } = read.data.itemIdentifier;
  if (typeof offset === 'string' && policy.stringOffsets === 'reject') {
    return refuse('STRING_OFFSET', `${where} has an offset of type string`);
  }
  const offsets = index.get(partition);
  if (offsets === undefined)
    return refuse('UNKNOWN_PARTITION', `${where} names a partition not in the event`);
  const record = offsets.get(numericOffset(offset));
  if (record !== undefined) return { ok: true, value: record };
  return refuse('UNKNOWN_OFFSET', `${where} names an offset of ${partition} that is not in the event`);
}

/** Reads an offset; NaN, which no record has, when the text is not a plain whole number. */
function numericOffset(offset: number | string): number {
  if (typeof offset === 'number') return offset;
  return /^\d+$/.test(offset) ? Number(offset) : Number.NaN;
}
