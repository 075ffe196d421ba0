import { ConditionalCheckFailedException, type DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { describe, expect, test } from '@jest/globals';
import { dynamoNotificationLedger } from '../../../../functions/notifications/aws/dynamo-notification-ledger.ts';
import type { Claim, NotificationKey } from '../../../../functions/notifications/ports.ts';
import { stubClient } from '../../aws/stub-client.ts';

const EXPIRES_AT = 1_800_000_000;

function ledgerOver(...answers: readonly unknown[]) {
  const { client, sent } = stubClient<DynamoDBClient>(...answers);
  return {
    ledger: dynamoNotificationLedger({ client, tableName: 'notifications', expiry: () => EXPIRES_AT }),
    sent,
  };
}

const key: NotificationKey = { orderId: 'order-1', type: 'order.placed', channel: 'sms' };
const claim: Claim = {
  claimId: 'claim-2',
  attempt: 1,
  leaseUntilMs: 1_790_000_000_000,
  mark: { eventId: 'event-1', payloadHash: 'hash-1' },
};

const Key = { pk: { S: 'ORDER#order-1' }, sk: { S: 'order.placed#sms' } };
const Item = {
  ...Key,
  status: { S: 'SENDING' },
  claimId: { S: 'claim-2' },
  attempt: { N: '1' },
  leaseUntil: { N: '1790000000000' },
  eventId: { S: 'event-1' },
  payloadHash: { S: 'hash-1' },
  expiresAt: { N: String(EXPIRES_AT) },
};

/** The condition of every write to a claim that is there. */
const whileSending = (claimId: string) => ({
  ConditionExpression: 'claimId = :claimId AND #status = :sending',
  ExpressionAttributeNames: { '#status': 'status' },
  ExpressionAttributeValues: { ':claimId': { S: claimId }, ':sending': { S: 'SENDING' } },
  ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
});

describe('the notification ledger', () => {
  test('claims where there is no entry', async () => {
    const { ledger, sent } = ledgerOver();

    const answer = await ledger.claim(key, claim);

    expect(answer).toEqual({ ok: true, value: { kind: 'written' } });
    expect(sent).toEqual([
      [
        'PutItemCommand',
        {
          TableName: 'notifications',
          Item,
          ConditionExpression: 'attribute_not_exists(pk)',
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
        },
      ],
    ]);
  });

  test('takes over only the claim that was found', async () => {
    const { ledger, sent } = ledgerOver();

    await ledger.takeOver(key, claim, 'claim-1');

    expect(sent).toEqual([
      ['PutItemCommand', { TableName: 'notifications', Item, ...whileSending('claim-1') }],
    ]);
  });

  test('confirms its own claim with the message id', async () => {
    const { ledger, sent } = ledgerOver();

    await ledger.confirm(key, 'claim-2', 'message-1');

    const condition = whileSending('claim-2');
    expect(sent).toEqual([
      [
        'UpdateItemCommand',
        {
          TableName: 'notifications',
          Key,
          UpdateExpression: 'SET #status = :status, messageId = :messageId',
          ...condition,
          ExpressionAttributeValues: {
            ...condition.ExpressionAttributeValues,
            ':status': { S: 'SENT' },
            ':messageId': { S: 'message-1' },
          },
        },
      ],
    ]);
  });

  test('gives the owner of a claim a last time to confirm it', async () => {
    const { ledger, sent } = ledgerOver();

    await ledger.grantGrace(key, 'claim-1', 1_790_000_010_000);

    const condition = whileSending('claim-1');
    expect(sent).toEqual([
      [
        'UpdateItemCommand',
        {
          TableName: 'notifications',
          Key,
          UpdateExpression: 'SET leaseUntil = :leaseUntil, hadGrace = :hadGrace',
          ...condition,
          ExpressionAttributeValues: {
            ...condition.ExpressionAttributeValues,
            ':leaseUntil': { N: '1790000010000' },
            ':hadGrace': { BOOL: true },
          },
        },
      ],
    ]);
  });

  test('marks a claim as ambiguous', async () => {
    const { ledger, sent } = ledgerOver();

    await ledger.markAmbiguous(key, 'claim-1');

    const condition = whileSending('claim-1');
    expect(sent).toEqual([
      [
        'UpdateItemCommand',
        {
          TableName: 'notifications',
          Key,
          UpdateExpression: 'SET #status = :status',
          ...condition,
          ExpressionAttributeValues: {
            ...condition.ExpressionAttributeValues,
            ':status': { S: 'AMBIGUOUS' },
          },
        },
      ],
    ]);
  });

  test('releases its own claim', async () => {
    const { ledger, sent } = ledgerOver();

    await ledger.release(key, 'claim-2');

    expect(sent).toEqual([
      ['DeleteItemCommand', { TableName: 'notifications', Key, ...whileSending('claim-2') }],
    ]);
  });

  test.each([
    {
      story: 'an entry',
      item: {
        status: 'SENT',
        claimId: 'claim-1',
        attempt: 2,
        leaseUntil: 5,
        eventId: 'event-1',
        payloadHash: 'hash-1',
      },
      existing: {
        ...claim,
        status: 'SENT',
        claimId: 'claim-1',
        attempt: 2,
        leaseUntilMs: 5,
        hadGrace: false,
      },
    },
    {
      story: 'an entry whose claim had its grace',
      item: {
        status: 'SENDING',
        claimId: 'claim-1',
        attempt: 1,
        leaseUntil: 5,
        hadGrace: true,
        eventId: 'event-1',
        payloadHash: 'hash-1',
      },
      existing: { ...claim, status: 'SENDING', claimId: 'claim-1', leaseUntilMs: 5, hadGrace: true },
    },
    { story: 'nothing', item: undefined, existing: undefined },
  ])('answers with what it met: $story', async ({ item, existing }) => {
    const error = new ConditionalCheckFailedException({
      message: '',
      $metadata: {},
      ...(item && { Item: marshall(item) }),
    });
    const { ledger } = ledgerOver(error);

    const answer = await ledger.claim(key, claim);

    expect(answer).toEqual({ ok: true, value: { kind: 'met', existing } });
  });
});
