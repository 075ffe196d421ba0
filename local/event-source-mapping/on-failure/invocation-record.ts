import { buildKafkaEvent, type EventOrigin } from '../batch/build-kafka-event.ts';
import type { Batch } from '../batch/batch.ts';
import type { QueuedRecord } from '../record/queued-record.ts';
import type { Discard, DiscardCondition } from '../retry/retry-decision.ts';
import { topicPartitionKey } from '../record/topic-partition.ts';

/** The fields of the documents besides the discarded records. */
export interface FailureContext {
  readonly functionArn: string;
  readonly origin: EventOrigin;
  /** `condition` of records that became too old. */
  readonly ageCondition: string;
  /** Epoch milliseconds. */
  readonly now: number;
  /** The request id when no call reached the function. */
  readonly requestId: string;
}

/** A message for a Kafka destination. */
export interface KafkaFailureMessage {
  /** The failed record's own key; null lets the producer choose the partition. */
  readonly key: Buffer | null;
  readonly value: string;
}

/**
 * Builds the body for SQS and SNS: the positions of the records, without their content.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
 */
export function buildMetadataDocument(discard: Discard, context: FailureContext): string {
  return JSON.stringify(
    batchRecord(discard, context, buildKafkaEvent(context.origin, discard.batch.records)),
  );
}

/**
 * Builds the object for S3: the same body, and the whole event as text.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure.html
 */
export function buildS3Document(discard: Discard, context: FailureContext): string {
  const payload = buildKafkaEvent(context.origin, discard.batch.records);
  return JSON.stringify({ ...batchRecord(discard, context, payload), payload });
}

/**
 * Builds the messages for a Kafka topic: one for each record, under its own key, with an event of only that record.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/kafka-on-failure-destination.html
 */
export function buildKafkaMessages(discard: Discard, context: FailureContext): KafkaFailureMessage[] {
  return discard.batch.records.map((record) => ({
    key: record.key,
    value: kafkaDocument(discard, record, context),
  }));
}

function batchRecord(discard: Discard, context: FailureContext, payload: string): object {
  const { batch } = discard;
  return {
    requestContext: requestContext(discard, context, {
      spelling: BATCH_CONDITIONS,
      arn: context.functionArn,
    }),
    ...responseAndTime(discard, context),
    KafkaBatchInfo: {
      ...batchInfo(context.origin, batch.records.length, payload),
      recordsInfo: Object.fromEntries(
        [...Map.groupBy(batch.records, topicPartitionKey)].map(([key, records]) => [key, rangeOf(records)]),
      ),
    },
  };
}

function kafkaDocument(discard: Discard, record: QueuedRecord, context: FailureContext): string {
  const payload = buildKafkaEvent(context.origin, [record]);
  const document = {
    requestContext: requestContext(discard, context, {
      spelling: KAFKA_CONDITIONS,
      arn: qualified(context.functionArn),
    }),
    ...responseAndTime(discard, context),
    KafkaBatchInfo: {
      ...batchInfo(context.origin, 1, payload),
      recordInfo: { offset: String(record.offset), timestamp: isoTime(record.timestamp) },
    },
  };
  // Joined as text, so that the record has the same bytes as in the function's event.
  return `${JSON.stringify(document).slice(0, -1)},"payload":${payload}}`;
}

type ConditionSpelling = Record<Exclude<DiscardCondition, 'RecordAgeExceeded'>, string>;

const BATCH_CONDITIONS: ConditionSpelling = {
  RetryAttemptsExhausted: 'RetryAttemptsExhausted',
  MaximumPayloadSizeExceeded: 'MaximumPayloadSizeExceeded',
};

const KAFKA_CONDITIONS: ConditionSpelling = {
  ...BATCH_CONDITIONS,
  RetryAttemptsExhausted: 'RetriesExhausted',
};

function requestContext(
  { batch, condition }: Discard,
  { ageCondition, requestId }: FailureContext,
  { spelling, arn }: { readonly spelling: ConditionSpelling; readonly arn: string },
): object {
  return {
    requestId: batch.lastCall?.requestId ?? requestId,
    functionArn: arn,
    condition: condition === 'RecordAgeExceeded' ? ageCondition : spelling[condition],
    approximateInvokeCount: batch.calls,
  };
}

function responseAndTime({ batch }: Discard, { now }: FailureContext): object {
  return { responseContext: responseContext(batch), version: '1.0', timestamp: isoTime(now) };
}

/** Returns the context of the last call; null when no call reached the function, as for a record that fits no event. */
function responseContext({ lastCall }: Batch): object | null {
  if (lastCall === null) return null;
  const { statusCode, executedVersion, functionError } = lastCall;
  return { statusCode, executedVersion, ...(functionError === undefined ? {} : { functionError }) };
}

function batchInfo(origin: EventOrigin, batchSize: number, payload: string): object {
  return {
    batchSize,
    ...(origin.eventSourceArn === null ? {} : { eventSourceArn: origin.eventSourceArn }),
    bootstrapServers: origin.bootstrapServers.join(','),
    payloadSize: Buffer.byteLength(payload),
  };
}

function rangeOf(records: readonly QueuedRecord[]): object {
  const first = records.at(0);
  const last = records.at(-1);
  return {
    firstRecordOffset: String(first?.offset),
    lastRecordOffset: String(last?.offset),
    firstRecordTimestamp: isoTime(first?.timestamp ?? 0),
    lastRecordTimestamp: isoTime(last?.timestamp ?? 0),
  };
}

/** Returns a function ARN with its version, which the Kafka document has and the others do not. */
function qualified(functionArn: string): string {
  const hasQualifier = functionArn.split(':').length > 7;
  return hasQualifier ? functionArn : `${functionArn}:$LATEST`;
}

/**
 * Formats a timestamp. Producers may write any 64-bit timestamp; the document has the nearest one that a date can
 * express.
 */
function isoTime(timestamp: number): string {
  return new Date(Math.min(Math.max(timestamp, -LATEST_DATE_MS), LATEST_DATE_MS)).toISOString();
}

const LATEST_DATE_MS = 8.64e15;
