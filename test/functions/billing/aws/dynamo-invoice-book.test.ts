import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { dynamoInvoiceBook } from '../../../../functions/billing/aws/dynamo-invoice-book.ts';
import type { Invoice } from '../../../../functions/billing/ports.ts';
import { sdkError, stubClient } from '../../aws/stub-client.ts';

const invoice: Invoice = {
  orderId: 'order-1',
  invoiceId: 'INV-1',
  totalMinor: 200,
  currency: 'EUR',
  createdAt: '2026-11-21T08:00:00Z',
  placed: { eventId: 'event-1', payloadHash: 'hash-1' },
};
const cancellation = {
  orderId: 'order-1',
  creditNoteId: 'CN-1',
  cancelled: { eventId: 'cancel-1', payloadHash: 'hash-2' },
};

function bookOver(...answers: readonly unknown[]) {
  const { client, sent } = stubClient<DynamoDBClient>(...answers);
  const pacing = { pause: () => Promise.resolve(), random: () => 0 };
  return { book: dynamoInvoiceBook({ client, tableName: 'billing', pacing }), sent };
}

function conditionFailed(item?: Record<string, unknown>) {
  return new ConditionalCheckFailedException({
    message: 'The conditional request failed',
    $metadata: {},
    ...(item && { Item: marshall(item) }),
  });
}

describe('the invoice book', () => {
  test('inserts an invoice where the order has no item', async () => {
    const { book, sent } = bookOver({ Responses: [{ TableName: 'billing' }] });

    const answers = await book.recordInvoices([invoice]);

    expect(answers).toEqual([{ ok: true, value: { kind: 'written' } }]);
    expect(sent).toEqual([
      [
        'BatchExecuteStatementCommand',
        {
          Statements: [
            {
              Statement:
                `INSERT INTO "billing" VALUE {'pk': ?, 'sk': ?, 'invoiceId': ?, 'totalMinor': ?, ` +
                `'currency': ?, 'createdAt': ?, 'placedEventId': ?, 'placedHash': ?}`,
              Parameters: [
                { S: 'ORDER#order-1' },
                { S: 'INVOICE' },
                { S: 'INV-1' },
                { N: '200' },
                { S: 'EUR' },
                { S: '2026-11-21T08:00:00Z' },
                { S: 'event-1' },
                { S: 'hash-1' },
              ],
              ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
            },
          ],
        },
      ],
    ]);
  });

  test('adds a credit note to an invoice that is not cancelled', async () => {
    const { book, sent } = bookOver();

    await book.recordCreditNote(cancellation);

    expect(sent).toEqual([
      [
        'UpdateItemCommand',
        {
          TableName: 'billing',
          Key: { pk: { S: 'ORDER#order-1' }, sk: { S: 'INVOICE' } },
          UpdateExpression:
            'SET creditNoteId = :creditNoteId, cancelEventId = :cancelEventId, cancelHash = :cancelHash',
          ConditionExpression: 'attribute_exists(invoiceId) AND attribute_not_exists(cancelEventId)',
          ExpressionAttributeValues: {
            ':creditNoteId': { S: 'CN-1' },
            ':cancelEventId': { S: 'cancel-1' },
            ':cancelHash': { S: 'hash-2' },
          },
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      ],
    ]);
  });

  test('notes a cancellation that came first without a credit note', async () => {
    const { book, sent } = bookOver();

    await book.barInvoice(cancellation);

    expect(sent).toEqual([
      [
        'PutItemCommand',
        {
          TableName: 'billing',
          Item: {
            pk: { S: 'ORDER#order-1' },
            sk: { S: 'INVOICE' },
            cancelEventId: { S: 'cancel-1' },
            cancelHash: { S: 'hash-2' },
          },
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      ],
    ]);
  });

  test.each([
    {
      story: 'an invoice',
      item: { pk: 'x', invoiceId: 'INV-1', placedEventId: 'event-1', placedHash: 'hash-1' },
      existing: { placed: { eventId: 'event-1', payloadHash: 'hash-1' } },
    },
    {
      story: 'a cancellation',
      item: { pk: 'x', cancelEventId: 'cancel-1', cancelHash: 'hash-2' },
      existing: { cancelled: { eventId: 'cancel-1', payloadHash: 'hash-2' } },
    },
    { story: 'nothing', item: undefined, existing: {} },
  ])('answers with what it met: $story', async ({ item, existing }) => {
    const { book } = bookOver(conditionFailed(item));

    const answer = await book.recordCreditNote(cancellation);

    expect(answer).toEqual({ ok: true, value: { kind: 'met', existing } });
  });

  test.each([
    {
      name: 'InternalServerError',
      code: 'store-unavailable',
      message: 'DynamoDB did not write: InternalServerError.',
    },
    {
      name: 'ThrottlingException',
      code: 'store-unavailable',
      message: 'DynamoDB did not write: ThrottlingException.',
    },
    { name: 'TimeoutError', code: 'store-unavailable', message: 'DynamoDB did not write: TimeoutError.' },
    {
      name: 'ValidationException',
      code: 'store-refused',
      message: 'DynamoDB refuses this write: ValidationException.',
    },
  ])('reports $name as $code, and quotes nothing of it', async ({ name, code, message }) => {
    const cause = sdkError(name, 400);
    const { book } = bookOver(cause);

    const answer = await book.barInvoice(cancellation);

    expect(answer).toEqual({ ok: false, error: { code, message, cause } });
  });

  test('reports an item of another shape as a fault and not as poison', async () => {
    const { book } = bookOver(conditionFailed({ placedEventId: 7 }));

    const answer = await book.barInvoice(cancellation);

    expect(answer).toMatchObject({ ok: false, error: { code: 'unexpected' } });
  });
});
