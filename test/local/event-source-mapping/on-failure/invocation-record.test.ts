import { describe, expect, test } from '@jest/globals';
import { buildKafkaEvent } from '../../../../local/event-source-mapping/batch/build-kafka-event.ts';
import {
  buildKafkaMessages,
  buildMetadataDocument,
  buildS3Document,
  type FailureContext,
} from '../../../../local/event-source-mapping/on-failure/invocation-record.ts';
import type { Discard } from '../../../../local/event-source-mapping/retry/retry-decision.ts';
import { aBatch, aCall, anOrigin, aQueuedRecord, CLUSTER_ARN, NOW } from '../builders.ts';

const FUNCTION_ARN = 'arn:aws:lambda:eu-central-1:123456789012:function:billing';

const RECORDS = [
  aQueuedRecord({ partition: 0, offset: 5, timestamp: NOW - 2_000 }),
  aQueuedRecord({ partition: 0, offset: 7, timestamp: NOW - 1_000 }),
  aQueuedRecord({ partition: 2, offset: 8, timestamp: NOW - 500, key: null }),
];

function aContext(overrides: Partial<FailureContext> = {}): FailureContext {
  return {
    functionArn: FUNCTION_ARN,
    origin: anOrigin(),
    ageCondition: 'RecordAgeExceeded',
    now: NOW,
    requestId: 'fresh-id',
    ...overrides,
  };
}

function aDiscard(overrides: Partial<Discard> = {}): Discard {
  const lastCall = aCall({ functionError: 'Unhandled' });
  return {
    kind: 'discard',
    batch: aBatch(RECORDS, { attempts: 4, calls: 4, lastCall }),
    condition: 'RetryAttemptsExhausted',
    ...overrides,
  };
}

/** The document of SQS and SNS for `aDiscard()`. */
function metadata() {
  return {
    requestContext: {
      requestId: 'request-1',
      functionArn: FUNCTION_ARN,
      condition: 'RetryAttemptsExhausted',
      approximateInvokeCount: 4,
    },
    responseContext: { statusCode: 200, executedVersion: '$LATEST', functionError: 'Unhandled' },
    version: '1.0',
    timestamp: '2026-01-02T03:04:05.678Z',
    KafkaBatchInfo: {
      batchSize: 3,
      eventSourceArn: CLUSTER_ARN,
      bootstrapServers: 'b-1:9098,b-2:9098',
      payloadSize: Buffer.byteLength(buildKafkaEvent(anOrigin(), RECORDS)),
      recordsInfo: {
        't-0': {
          firstRecordOffset: '5',
          lastRecordOffset: '7',
          firstRecordTimestamp: '2026-01-02T03:04:03.678Z',
          lastRecordTimestamp: '2026-01-02T03:04:04.678Z',
        },
        't-2': {
          firstRecordOffset: '8',
          lastRecordOffset: '8',
          firstRecordTimestamp: '2026-01-02T03:04:05.178Z',
          lastRecordTimestamp: '2026-01-02T03:04:05.178Z',
        },
      },
    },
  };
}

describe('SQS and SNS', () => {
  test('ESM-074 ESM-077 get one document a batch, without record content', () => {
    const document = buildMetadataDocument(aDiscard(), aContext());

    expect(JSON.parse(document)).toStrictEqual(metadata());
  });

  test('ESM-057 learn of an oversize record without a response', () => {
    const batch = aBatch(RECORDS, { lastCall: null });

    const document = buildMetadataDocument(
      aDiscard({ batch, condition: 'MaximumPayloadSizeExceeded' }),
      aContext(),
    );

    expect(JSON.parse(document)).toMatchObject({
      requestContext: {
        requestId: 'fresh-id',
        condition: 'MaximumPayloadSizeExceeded',
        approximateInvokeCount: 0,
      },
      responseContext: null,
    });
  });

  test('ESM-078 learn of a record that expired before any call', () => {
    const batch = aBatch(RECORDS);

    const document = buildMetadataDocument(aDiscard({ batch, condition: 'RecordAgeExceeded' }), aContext());

    expect(JSON.parse(document)).toMatchObject({
      requestContext: { condition: 'RecordAgeExceeded', approximateInvokeCount: 0 },
      responseContext: null,
    });
  });

  test('ESM-078 may get another word for it by option', () => {
    const document = buildMetadataDocument(
      aDiscard({ condition: 'RecordAgeExceeded' }),
      aContext({ ageCondition: 'RecordExpired' }),
    );

    expect(JSON.parse(document)).toMatchObject({ requestContext: { condition: 'RecordExpired' } });
  });

  test('ESM-079 get no functionError when the last call returned a list', () => {
    const batch = aBatch(RECORDS, { calls: 3, lastCall: aCall() });

    const document = buildMetadataDocument(aDiscard({ batch }), aContext());

    expect(JSON.parse(document)).toStrictEqual({
      ...metadata(),
      requestContext: { ...metadata().requestContext, approximateInvokeCount: 3 },
      responseContext: { statusCode: 200, executedVersion: '$LATEST' },
    });
  });

  test('get no ARN of self-managed Kafka', () => {
    const document = buildMetadataDocument(
      aDiscard(),
      aContext({ origin: anOrigin({ eventSourceArn: null }) }),
    );

    expect(document).not.toContain('eventSourceArn');
  });

  test('get a document even for a timestamp that no date can express', () => {
    const batch = aBatch([aQueuedRecord({ timestamp: Number.MAX_SAFE_INTEGER })]);

    const document = buildMetadataDocument(aDiscard({ batch }), aContext());

    expect(JSON.parse(document)).toMatchObject({
      KafkaBatchInfo: { recordsInfo: { 't-0': { firstRecordTimestamp: '+275760-09-13T00:00:00.000Z' } } },
    });
  });
});

describe('S3', () => {
  test('ESM-075 gets the event as text beside the same document', () => {
    const document = buildS3Document(aDiscard(), aContext());

    expect(JSON.parse(document)).toStrictEqual({
      ...metadata(),
      payload: buildKafkaEvent(anOrigin(), RECORDS),
    });
  });
});

describe('a Kafka topic', () => {
  test('ESM-076 gets the record as an object, in its own spelling', () => {
    const [first] = buildKafkaMessages(aDiscard(), aContext());

    const payload = buildKafkaEvent(anOrigin(), RECORDS.slice(0, 1));
    const { KafkaBatchInfo: info, ...same } = metadata();
    expect(JSON.parse(first?.value ?? '')).toStrictEqual({
      ...same,
      requestContext: {
        ...same.requestContext,
        functionArn: `${FUNCTION_ARN}:$LATEST`,
        condition: 'RetriesExhausted',
      },
      KafkaBatchInfo: {
        batchSize: 1,
        eventSourceArn: info.eventSourceArn,
        bootstrapServers: info.bootstrapServers,
        payloadSize: Buffer.byteLength(payload),
        recordInfo: { offset: '5', timestamp: '2026-01-02T03:04:03.678Z' },
      },
      payload: JSON.parse(payload) as unknown,
    });
  });

  test('ESM-076 ESM-077 gets one message a record, under the own key of each', () => {
    const messages = buildKafkaMessages(aDiscard(), aContext());

    expect(messages.map(({ key }) => key?.toString() ?? null)).toStrictEqual(['key', 'key', null]);
  });

  test.each(['MaximumPayloadSizeExceeded', 'RecordAgeExceeded'] as const)(
    'reads %s like the others',
    (condition) => {
      const [first] = buildKafkaMessages(aDiscard({ condition }), aContext());

      expect(JSON.parse(first?.value ?? '')).toMatchObject({ requestContext: { condition } });
    },
  );

  test('keeps the qualifier of a function', () => {
    const [first] = buildKafkaMessages(aDiscard(), aContext({ functionArn: `${FUNCTION_ARN}:live` }));

    expect(JSON.parse(first?.value ?? '')).toMatchObject({
      requestContext: { functionArn: `${FUNCTION_ARN}:live` },
    });
  });
});
