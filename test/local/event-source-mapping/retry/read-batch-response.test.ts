import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { BatchVerdict } from '../../../../local/event-source-mapping/retry/batch-verdict.ts';
import { readBatchResponse } from '../../../../local/event-source-mapping/retry/read-batch-response.ts';
import { aCall } from '../builders.ts';

const SENT = [
  { topic: 't', partition: 0, offset: 5 },
  { topic: 't', partition: 0, offset: 6 },
  { topic: 't', partition: 2, offset: 8 },
];

const REPORTING = { reportBatchItemFailures: true, stringOffsets: 'reject' } as const;

function item(partition: unknown, offset: unknown): unknown {
  return { itemIdentifier: { partition, offset } };
}

function readPayload(payload: string, policy: Partial<typeof REPORTING> | object = {}): BatchVerdict {
  return readBatchResponse({ kind: 'returned', call: aCall(), payload }, SENT, { ...REPORTING, ...policy });
}

function readItems(...items: unknown[]): BatchVerdict {
  return readPayload(JSON.stringify({ batchItemFailures: items }));
}

/** Only the kind and the codes of a verdict, for tables. */
function summary(verdict: BatchVerdict): unknown[] {
  const warnings = verdict.kind === 'notReached' ? [] : verdict.warnings;
  return [verdict.kind, ...warnings.map(({ code }) => code)];
}

describe('a call that did not return', () => {
  test('ESM-053 ESM-060 fails the whole batch when the function failed', () => {
    const call = aCall({ functionError: 'Unhandled' });

    const verdict = readBatchResponse({ kind: 'functionError', call, message: 'timed out' }, SENT, REPORTING);

    expect(verdict).toStrictEqual({
      kind: 'allFailed',
      call,
      cause: 'functionError',
      message: 'timed out',
      warnings: [],
    });
  });

  test.each([
    ['ESM-054', 'throttled'],
    ['ESM-055', 'unreachable'],
  ] as const)('%s %s did not reach the function', (_row, kind) => {
    const verdict = readBatchResponse({ kind, message: 'later' }, SENT, REPORTING);

    expect(verdict).toStrictEqual({ kind: 'notReached', cause: kind, message: 'later' });
  });
});

describe('a response', () => {
  test('ESM-059 counts only with ReportBatchItemFailures', () => {
    const listsAFailure = JSON.stringify({ batchItemFailures: [item('t-0', 5)] });

    const verdict = readPayload(listsAFailure, { reportBatchItemFailures: false });

    expect(verdict).toStrictEqual({ kind: 'succeeded', warnings: [] });
  });

  test.each([
    ['ESM-061 null', 'null', []],
    ['ESM-061 an empty object', '{}', []],
    ['ESM-062 an empty list', '{"batchItemFailures":[]}', []],
    ['ESM-062 a null list', '{"batchItemFailures":null}', []],
    ['ESM-062 a missing key', '{"ok":1}', ['NO_BATCH_ITEM_FAILURES']],
    ['an empty body', '', ['EMPTY_RESPONSE']],
  ])('%s is success', (_story, payload, warnings) => {
    const verdict = readPayload(payload);

    expect(summary(verdict)).toStrictEqual(['succeeded', ...warnings]);
  });

  test.each([
    ['ESM-063 text', '"ok"', 'NOT_AN_OBJECT'],
    ['ESM-063 a number', '1', 'NOT_AN_OBJECT'],
    ['ESM-063 a list', '[]', 'NOT_AN_OBJECT'],
    ['ESM-063 no JSON', 'oops', 'NOT_JSON'],
    ['ESM-063 an object as list', '{"batchItemFailures":{}}', 'NOT_A_LIST'],
    ['ESM-063 text as list', '{"batchItemFailures":"t-0"}', 'NOT_A_LIST'],
  ])('%s fails the whole batch', (_story, payload, code) => {
    const verdict = readPayload(payload);

    expect(summary(verdict)).toStrictEqual(['allFailed', code]);
  });

  test.each([
    ['ESM-064 an identifier in text', { itemIdentifier: 't-0:5' }, 'BAD_IDENTIFIER'],
    ['ESM-064 a null identifier', { itemIdentifier: null }, 'BAD_IDENTIFIER'],
    ['ESM-064 a null item', null, 'BAD_IDENTIFIER'],
    ['ESM-064 a missing offset', { itemIdentifier: { partition: 't-0' } }, 'BAD_IDENTIFIER'],
    ['ESM-064 a missing partition', { itemIdentifier: { offset: 5 } }, 'BAD_IDENTIFIER'],
    ['ESM-064 a numeric partition', item(0, 5), 'BAD_IDENTIFIER'],
    ['ESM-065 an offset in text', item('t-0', '5'), 'STRING_OFFSET'],
    ['ESM-066 an unknown partition', item('t-9', 5), 'UNKNOWN_PARTITION'],
    ['ESM-067 an unknown offset', item('t-0', 7), 'UNKNOWN_OFFSET'],
    ['ESM-067 a fraction', item('t-0', 5.5), 'UNKNOWN_OFFSET'],
  ])('%s fails the whole batch, also among good ones', (_story, bad, code) => {
    const verdict = readItems(item('t-0', 6), bad, item('t-2', 8));

    expect(summary(verdict)).toStrictEqual(['allFailed', code]);
  });

  test('ESM-065 with an offset in text is read by option', () => {
    const verdict = readPayload(JSON.stringify({ batchItemFailures: [item('t-0', '5')] }), {
      stringOffsets: 'accept',
    });

    expect(verdict).toMatchObject({ kind: 'someFailed', failed: [{ partition: 0, offset: 5 }] });
  });

  test.each(['', ' 5', '5.0', '0x5', '-5', 'five'])(
    'ESM-067 with the text %j as offset names no record even when text is read',
    (offset) => {
      const payload = JSON.stringify({ batchItemFailures: [item('t-0', offset)] });

      const verdict = readPayload(payload, { stringOffsets: 'accept' });

      expect(summary(verdict)).toStrictEqual(['allFailed', 'UNKNOWN_OFFSET']);
    },
  );

  test('ESM-068 counts an identifier that comes twice once', () => {
    const verdict = readItems(item('t-0', 5), item('t-0', 5));

    expect(verdict).toMatchObject({ kind: 'someFailed', failed: [{ topic: 't', partition: 0, offset: 5 }] });
  });

  test('ESM-069 may list several partitions, and the verdict is in event order', () => {
    const verdict = readItems(item('t-2', 8), item('t-0', 6));

    expect(verdict).toStrictEqual({
      kind: 'someFailed',
      call: aCall(),
      failed: [
        { topic: 't', partition: 0, offset: 6 },
        { topic: 't', partition: 2, offset: 8 },
      ],
      warnings: [],
    });
  });

  test('always has a verdict, and a partial one names records of the event only', () => {
    const near = fc.record({
      batchItemFailures: fc.array(
        fc.oneof(
          fc.anything(),
          fc.record({
            itemIdentifier: fc.record({
              partition: fc.constantFrom('t-0', 't-2', 't-9', '__proto__'),
              offset: fc.constantFrom(5, 6, 8, '5'),
            }),
          }),
        ),
      ),
    });
    const payload = fc.oneof(
      fc.string(),
      fc.json(),
      near.map((value) => JSON.stringify(value)),
    );

    fc.assert(
      fc.property(payload, (text) => {
        const verdict = readPayload(text);

        expect(SENT).toEqual(
          expect.arrayContaining(verdict.kind === 'someFailed' ? [...verdict.failed] : []),
        );
        expect(verdict.kind).toMatch(/^(succeeded|someFailed|allFailed)$/);
      }),
    );
  });

  test('is never quoted in a message', () => {
    const secret = 'card-4111';

    const verdicts = [
      readPayload(JSON.stringify(secret)),
      readPayload(`${secret}{`),
      readItems(item(secret, 5)),
      readItems(item('t-0', secret)),
      readItems({ itemIdentifier: secret }),
    ];

    expect(JSON.stringify(verdicts)).not.toContain(secret);
  });
});
