import {
  TransactionCanceledException,
  TransactionConflictException,
  type CancellationReason,
  type DynamoDBClient,
} from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { dynamoStockBook } from '../../../../functions/inventory/aws/dynamo-stock-book.ts';
import type { OpenReservation, ReservationRequest } from '../../../../functions/inventory/ports.ts';
import { sdkError, stubClient } from '../../aws/stub-client.ts';

const EXPIRES_AT = 1_800_000_000;

function bookOver(...answers: readonly unknown[]) {
  const { client, sent } = stubClient<DynamoDBClient>(...answers);
  const pacing = { pause: () => Promise.resolve(), random: () => 0 };
  return {
    book: dynamoStockBook({ client, tableName: 'inventory', pacing, expiry: () => EXPIRES_AT }),
    sent,
  };
}

const placed = { eventId: 'event-1', payloadHash: 'hash-1' };
const cancellation = { orderId: 'a', cancelled: { eventId: 'cancel-1', payloadHash: 'hash-2' } };

function request(orderId: string, lines: Readonly<Record<string, number>>): ReservationRequest {
  return { orderId, lines: Object.entries(lines).map(([sku, quantity]) => ({ sku, quantity })), placed };
}

function reservation(status: OpenReservation['status']): OpenReservation {
  return { ...request('a', { apple: 2 }), status };
}

function canceled(...reasons: readonly CancellationReason[]) {
  return new TransactionCanceledException({
    message: 'Transaction cancelled',
    $metadata: {},
    CancellationReasons: [...reasons],
  });
}

function stockUpdate(sku: string, quantity: number, update: string, condition: string) {
  return {
    Update: {
      TableName: 'inventory',
      Key: { pk: { S: `SKU#${sku}` }, sk: { S: 'STOCK' } },
      UpdateExpression: update,
      ConditionExpression: condition,
      ExpressionAttributeValues: { ':quantity': { N: String(quantity) } },
    },
  };
}

const TAKE = 'SET available = available - :quantity, reserved = reserved + :quantity';
const GIVE_BACK = 'SET available = available + :quantity, reserved = reserved - :quantity';

const cancelUpdate = (read: string) => ({
  Update: {
    TableName: 'inventory',
    Key: { pk: { S: 'ORDER#a' }, sk: { S: 'RESERVATION' } },
    UpdateExpression:
      'SET #status = :cancelled, cancelEventId = :cancelEventId, cancelHash = :cancelHash, expiresAt = :expiresAt',
    ConditionExpression: 'attribute_not_exists(cancelEventId) AND #status = :read',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':cancelled': { S: 'CANCELLED' },
      ':read': { S: read },
      ':cancelEventId': { S: 'cancel-1' },
      ':cancelHash': { S: 'hash-2' },
      ':expiresAt': { N: String(EXPIRES_AT) },
    },
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

const reservationPut = (orderId: string, lines: unknown) => ({
  Put: {
    TableName: 'inventory',
    Item: {
      pk: { S: `ORDER#${orderId}` },
      sk: { S: 'RESERVATION' },
      status: { S: 'RESERVED' },
      lines,
      placedEventId: { S: 'event-1' },
      placedHash: { S: 'hash-1' },
    },
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});
const itemLine = (sku: string, quantity: number) => ({
  M: { sku: { S: sku }, quantity: { N: String(quantity) } },
});

const stockOf = (sku: string, available: unknown) =>
  marshall({ pk: `SKU#${sku}`, sk: 'STOCK', available, reserved: 0 });

const backorder = (orderId: string, sku: string, quantity: number) => ({
  Statement: `INSERT INTO "inventory" VALUE {'pk': ?, 'sk': ?, 'status': ?, 'lines': ?, 'placedEventId': ?, 'placedHash': ?}`,
  Parameters: [
    { S: `ORDER#${orderId}` },
    { S: 'RESERVATION' },
    { S: 'BACKORDERED' },
    { L: [itemLine(sku, quantity)] },
    { S: 'event-1' },
    { S: 'hash-1' },
  ],
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
});

describe('the stock book', () => {
  test('reserves with one put per order and one update per sku, with the sum', async () => {
    const { book, sent } = bookOver();

    const result = await book.reserve([request('a', { apple: 2, pear: 1 }), request('b', { apple: 3 })]);

    expect(result).toEqual({ kind: 'committed' });
    expect(sent).toEqual([
      [
        'TransactWriteItemsCommand',
        {
          TransactItems: [
            reservationPut('a', { L: [itemLine('apple', 2), itemLine('pear', 1)] }),
            reservationPut('b', { L: [itemLine('apple', 3)] }),
            stockUpdate('apple', 5, TAKE, 'available >= :quantity'),
            stockUpdate('pear', 1, TAKE, 'available >= :quantity'),
          ],
        },
      ],
    ]);
  });

  test('releases by cancelling the reservation that was read and giving its lines back', async () => {
    const { book, sent } = bookOver();

    await book.release(reservation('RESERVED'), cancellation);

    expect(sent).toEqual([
      [
        'TransactWriteItemsCommand',
        {
          TransactItems: [
            cancelUpdate('RESERVED'),
            stockUpdate('apple', 2, GIVE_BACK, 'reserved >= :quantity'),
          ],
        },
      ],
    ]);
  });

  test('releases nothing of a back-order', async () => {
    const { book, sent } = bookOver();

    await book.release(reservation('BACKORDERED'), cancellation);

    expect(sent).toEqual([['TransactWriteItemsCommand', { TransactItems: [cancelUpdate('BACKORDERED')] }]]);
  });

  test('notes back-orders by one statement each, with one call', async () => {
    const { book, sent } = bookOver({
      Responses: [
        { TableName: 'inventory' },
        {
          TableName: 'inventory',
          Error: {
            Code: 'DuplicateItem',
            Item: marshall({
              status: 'BACKORDERED',
              lines: [],
              placedEventId: 'event-1',
              placedHash: 'hash-1',
            }),
          },
        },
      ],
    });

    const answers = await book.recordBackorders([request('a', { apple: 2 }), request('b', { pear: 1 })]);

    expect(answers).toEqual([
      { ok: true, value: { kind: 'written' } },
      {
        ok: true,
        value: { kind: 'met', existing: { orderId: 'b', status: 'BACKORDERED', lines: [], placed } },
      },
    ]);
    expect(sent).toEqual([
      [
        'BatchExecuteStatementCommand',
        { Statements: [backorder('a', 'apple', 2), backorder('b', 'pear', 1)] },
      ],
    ]);
  });

  test('reads the stock of skus at once; what is no number of pieces is none', async () => {
    const { book, sent } = bookOver({
      Responses: { inventory: [stockOf('pear', 'many'), stockOf('apple', 7)] },
    });

    const stock = await book.readStock(new Set(['apple', 'pear', 'fig']));

    expect(stock).toEqual({
      ok: true,
      value: new Map([
        ['apple', 7],
        ['pear', 0],
        ['fig', 0],
      ]),
    });
    expect(sent).toEqual([
      [
        'BatchGetItemCommand',
        {
          RequestItems: {
            inventory: {
              Keys: ['apple', 'pear', 'fig'].map((sku) => ({ pk: { S: `SKU#${sku}` }, sk: { S: 'STOCK' } })),
              ConsistentRead: true,
            },
          },
        },
      ],
    ]);
  });

  test('lets a cancellation that came first expire', async () => {
    const { book, sent } = bookOver();

    await book.barReservation(cancellation);

    expect(sent).toEqual([
      [
        'PutItemCommand',
        {
          TableName: 'inventory',
          Item: {
            pk: { S: 'ORDER#a' },
            sk: { S: 'RESERVATION' },
            status: { S: 'CANCELLED' },
            lines: { L: [] },
            cancelEventId: { S: 'cancel-1' },
            cancelHash: { S: 'hash-2' },
            expiresAt: { N: String(EXPIRES_AT) },
          },
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      ],
    ]);
  });

  test('reads a reservation strongly consistent', async () => {
    const item = {
      status: 'RESERVED',
      lines: [{ sku: 'apple', quantity: 2 }],
      placedEventId: 'event-1',
      placedHash: 'hash-1',
    };
    const { book, sent } = bookOver({ Item: marshall(item) });

    const found = await book.findReservation('a');

    expect(found).toEqual({ ok: true, value: reservation('RESERVED') });
    expect(sent).toEqual([
      [
        'GetItemCommand',
        {
          TableName: 'inventory',
          Key: { pk: { S: 'ORDER#a' }, sk: { S: 'RESERVATION' } },
          ConsistentRead: true,
        },
      ],
    ]);
  });

  test.each([
    { story: 'no item is no reservation', answer: {}, found: { ok: true, value: undefined } },
    {
      story: 'a cancellation that came first',
      answer: {
        Item: marshall({ status: 'CANCELLED', lines: [], cancelEventId: 'cancel-1', cancelHash: 'hash-2' }),
      },
      found: { ok: true, value: { ...cancellation, status: 'CANCELLED' } },
    },
    {
      story: 'an open reservation without its event',
      answer: { Item: marshall({ status: 'RESERVED', lines: [] }) },
      found: { ok: false, error: { code: 'unexpected' } },
    },
    {
      story: 'an error',
      answer: sdkError('TimeoutError'),
      found: { ok: false, error: { code: 'store-unavailable' } },
    },
  ])('reads: $story', async ({ answer, found }) => {
    const { book } = bookOver(answer);

    const seen = await book.findReservation('a');

    expect(seen).toMatchObject(found);
  });
});

describe('a cancelled transaction', () => {
  const none: CancellationReason = { Code: 'None' };
  const shortOf: CancellationReason = { Code: 'ConditionalCheckFailed' };
  const met: CancellationReason = {
    Code: 'ConditionalCheckFailed',
    Item: marshall({ status: 'BACKORDERED', lines: [], placedEventId: 'event-1', placedHash: 'hash-1' }),
  };
  const metB = {
    kind: 'reservationsMet',
    met: [
      {
        orderId: 'b',
        existing: { ok: true, value: { orderId: 'b', status: 'BACKORDERED', lines: [], placed } },
      },
    ],
  };

  // The actions are the reservations a and b, then the skus apple and pear.
  test.each([
    { story: 'a reservation is there already', reasons: [none, met, none, none], result: metB },
    { story: 'a reservation comes before a short sku', reasons: [none, met, shortOf, none], result: metB },
    {
      story: 'a reservation comes before a conflict',
      reasons: [{ Code: 'TransactionConflict' }, met, none, none],
      result: metB,
    },
    {
      story: 'skus are short',
      reasons: [none, none, shortOf, shortOf],
      result: { kind: 'stockShort', skus: ['apple', 'pear'] },
    },
    {
      story: 'a short sku comes before a conflict',
      reasons: [none, none, { Code: 'TransactionConflict' }, shortOf],
      result: { kind: 'stockShort', skus: ['pear'] },
    },
    {
      story: 'an item is in another transaction',
      reasons: [none, none, { Code: 'TransactionConflict' }, none],
      result: { kind: 'contended', failure: { code: 'store-unavailable' } },
    },
    {
      story: 'the table is throttled',
      reasons: [none, none, none, { Code: 'ThrottlingError' }],
      result: { kind: 'contended', failure: { code: 'store-unavailable' } },
    },
    {
      story: 'the capacity is used up',
      reasons: [none, { Code: 'ProvisionedThroughputExceeded' }, none, none],
      result: { kind: 'contended', failure: { code: 'store-unavailable' } },
    },
    {
      story: 'an action is not valid',
      reasons: [none, none, none, { Code: 'ValidationError' }],
      result: { kind: 'rejected', failure: { code: 'store-refused' } },
    },
    {
      story: 'an item collection is too large',
      reasons: [{ Code: 'ItemCollectionSizeLimitExceeded' }, none, none, none],
      result: { kind: 'rejected', failure: { code: 'store-refused' } },
    },
    {
      story: 'no reason is given',
      reasons: [],
      result: { kind: 'unknown', failure: { code: 'store-unavailable' } },
    },
  ])('$story', async ({ reasons, result }) => {
    const { book } = bookOver(canceled(...reasons));

    const seen = await book.reserve([request('a', { apple: 1 }), request('b', { pear: 1 })]);

    expect(seen).toMatchObject(result);
  });

  test('reports the one reservation that it cannot read, and no others', async () => {
    const { book } = bookOver(canceled(none, shortOf, none, none));

    const seen = await book.reserve([request('a', { apple: 1 }), request('b', { pear: 1 })]);

    expect(seen).toMatchObject({
      kind: 'reservationsMet',
      met: [{ orderId: 'b', existing: { ok: false, error: { code: 'unexpected' } } }],
    });
  });
});

describe('a transaction that fails as a whole', () => {
  test.each([
    { error: sdkError('ValidationException', 400), kind: 'rejected' },
    { error: sdkError('ThrottlingException', 400), kind: 'contended' },
    { error: sdkError('ProvisionedThroughputExceededException', 400), kind: 'contended' },
    { error: new TransactionConflictException({ message: '', $metadata: {} }), kind: 'contended' },
    { error: sdkError('TimeoutError'), kind: 'unknown' },
    { error: sdkError('InternalServerError', 500), kind: 'unknown' },
  ])('with $error.name is $kind', async ({ error, kind }) => {
    const { book } = bookOver(error);

    const seen = await book.reserve([request('a', { apple: 1 })]);

    expect(seen.kind).toBe(kind);
  });
});
