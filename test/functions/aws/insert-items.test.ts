import type { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { insertItems, type NewItem } from '../../../functions/aws/insert-items.ts';
import { ok } from '../../../functions/kernel/result.ts';
import { sdkError, stubClient } from './stub-client.ts';

function itemOf(name: string): NewItem {
  return { pk: `ORDER#${name}`, sk: 'THING', name };
}

function itemsOf(count: number): readonly NewItem[] {
  return Array.from({ length: count }, (_, index) => itemOf(`o${index}`));
}

const WRITTEN = { ok: true, value: { kind: 'written' } };
const met = (existing: string) => ({ ok: true, value: { kind: 'met', existing } });
const failed = (code: string) => ({ ok: false, error: { code } });
const done = { TableName: 'things' };
const refused = (Code: string, Item?: object) => ({ Error: { Code, ...(Item && { Item }) } });

const responses = (count: number) => ({ Responses: Array.from({ length: count }, () => done) });

interface Insertion {
  readonly answers: readonly unknown[];
  readonly items?: readonly NewItem[];
}

/** Inserts over a client with these answers. */
async function insert({ answers, items = [itemOf('a'), itemOf('b')] }: Insertion) {
  const { client, sent } = stubClient<DynamoDBClient>(...answers);
  const pauses: number[] = [];
  const pause = (ms: number) => {
    pauses.push(ms);
    return Promise.resolve();
  };
  const table = { client, tableName: 'things', pacing: { pause, random: () => 0.5 } };
  const seen = await insertItems(table, items, (stored) => ok(stored['name']?.S));
  return { seen, pauses, sent: sent.map(([name, input]) => `${name} ${sizeOf(input)}`) };
}

function sizeOf(input: unknown): number {
  const { Statements, RequestItems } = input as {
    Statements?: readonly unknown[];
    RequestItems?: { things: { Keys: readonly unknown[] } };
  };
  return Statements?.length ?? RequestItems?.things.Keys.length ?? 0;
}

describe('insertions', () => {
  test('go out 25 at a time, each with its own answer', async () => {
    const { seen, sent } = await insert({
      items: itemsOf(60),
      answers: [responses(25), responses(25), responses(10)],
    });

    expect(seen).toEqual(Array.from({ length: 60 }, () => WRITTEN));
    expect(sent).toEqual([
      'BatchExecuteStatementCommand 25',
      'BatchExecuteStatementCommand 25',
      'BatchExecuteStatementCommand 10',
    ]);
  });

  test.each(['DuplicateItem', 'ConditionalCheckFailed'])(
    'that meet an item answer with it: %s holds the item',
    async (code) => {
      const { seen, sent } = await insert({
        answers: [{ Responses: [done, refused(code, marshall({ name: 'earlier' }))] }],
      });

      expect(seen).toEqual([WRITTEN, met('earlier')]);
      expect(sent).toEqual(['BatchExecuteStatementCommand 2']);
    },
  );

  test('that meet items read all those that the answer leaves out, with one call', async () => {
    const { seen, sent } = await insert({
      items: [itemOf('a'), itemOf('b'), itemOf('c')],
      answers: [
        { Responses: [refused('DuplicateItem'), done, refused('DuplicateItem')] },
        { Responses: { things: [marshall(itemOf('c')), marshall(itemOf('a'))] } },
      ],
    });

    expect(seen).toEqual([met('a'), WRITTEN, met('c')]);
    expect(sent).toEqual(['BatchExecuteStatementCommand 3', 'BatchGetItemCommand 2']);
  });

  test('that meet an item which is gone when it is read fail, and are not taken for written', async () => {
    const { seen } = await insert({
      answers: [{ Responses: [done, refused('DuplicateItem')] }, { Responses: { things: [] } }],
    });

    expect(seen).toMatchObject([WRITTEN, failed('unexpected')]);
  });

  test('that meet an item fail when it cannot be read; the others stay written', async () => {
    const { seen } = await insert({
      answers: [{ Responses: [done, refused('DuplicateItem')] }, sdkError('TimeoutError')],
    });

    expect(seen).toMatchObject([WRITTEN, failed('store-unavailable')]);
  });

  test.each([
    'ThrottlingError',
    'ProvisionedThroughputExceeded',
    'RequestLimitExceeded',
    'InternalServerError',
    'TransactionConflict',
  ])('that meet %s are sent again a little later, without the others', async (code) => {
    const { seen, sent, pauses } = await insert({
      answers: [{ Responses: [done, refused(code)] }, { Responses: [refused(code)] }, { Responses: [done] }],
    });

    expect(seen).toEqual([WRITTEN, WRITTEN]);
    expect(sent).toEqual([
      'BatchExecuteStatementCommand 2',
      'BatchExecuteStatementCommand 1',
      'BatchExecuteStatementCommand 1',
    ]);
    expect(pauses).toEqual([20, 40]);
  });

  test('of a partition that stays busy fail after three tries', async () => {
    const busy = { Responses: [refused('ThrottlingError')] };

    const { seen, sent } = await insert({ items: [itemOf('a')], answers: [busy, busy, busy] });

    expect(seen).toMatchObject([
      {
        ok: false,
        error: { code: 'store-unavailable', message: 'DynamoDB did not write: ThrottlingError.' },
      },
    ]);
    expect(sent).toHaveLength(3);
  });

  test.each([
    { code: 'ValidationError', failure: 'store-refused' },
    { code: 'ItemCollectionSizeLimitExceeded', failure: 'store-refused' },
    { code: 'AccessDenied', failure: 'store-unavailable' },
    { code: 'ResourceNotFound', failure: 'store-unavailable' },
    { code: 'SomethingNew', failure: 'store-unavailable' },
  ])('with $code fail as $failure at once, and only they', async ({ code, failure }) => {
    const { seen, sent } = await insert({ answers: [{ Responses: [refused(code), done] }] });

    expect(seen).toMatchObject([failed(failure), WRITTEN]);
    expect(sent).toHaveLength(1);
  });

  test.each([
    { story: 'no answers', answer: {} },
    { story: 'too few answers', answer: { Responses: [done] } },
  ])('count as not written where there is none for them: $story', async ({ answer }) => {
    const { seen } = await insert({ answers: [answer] });

    expect(seen.at(-1)).toMatchObject(failed('store-unavailable'));
  });

  test.each([
    { error: sdkError('ValidationException', 400), code: 'store-refused' },
    { error: sdkError('InternalServerError', 500), code: 'store-unavailable' },
  ])(
    'go on one by one when the call fails with $error.name, so that a bad item fails alone',
    async ({ error, code }) => {
      const { seen, sent } = await insert({
        items: [itemOf('a'), itemOf('b'), itemOf('c')],
        answers: [error, { Responses: [done] }, error, { Responses: [done] }],
      });

      expect(seen).toMatchObject([WRITTEN, failed(code), WRITTEN]);
      expect(sent).toHaveLength(4);
    },
  );

  test('are not sent any more when three of them get no answer one by one', async () => {
    const { seen, sent } = await insert({
      items: itemsOf(25),
      answers: Array.from({ length: 9 }, () => sdkError('TimeoutError')),
    });

    expect(seen).toHaveLength(25);
    expect(seen.at(0)).toMatchObject(failed('store-unavailable'));
    expect(seen.at(-1)).toMatchObject(failed('store-unavailable'));
    expect(sent.map((call) => call.split(' ')[1])).toEqual(['25', '1', '1', '1']);
  });

  test('whose answer was lost meet themselves', async () => {
    const { seen } = await insert({
      answers: [
        sdkError('TimeoutError'),
        { Responses: [refused('DuplicateItem', marshall({ name: 'a' }))] },
        { Responses: [refused('DuplicateItem', marshall({ name: 'b' }))] },
      ],
    });

    expect(seen).toEqual([met('a'), met('b')]);
  });
});
