import { Logger } from '@aws-lambda-powertools/logger';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import type { Context } from 'aws-lambda';
import { producerHandler } from '../../../functions/order-producer/producer-handler.ts';

const EMAIL = 'ada@example.com';
const context = { awsRequestId: 'request-1' } as Context;

const handlerOf = () =>
  producerHandler({
    topic: 'order-events',
    logger: new Logger({ serviceName: 'order-producer' }),
    append: (records) => Promise.resolve(records.map((_, offset) => ({ partition: 0, offset }))),
    now: () => new Date(0),
    currency: 'EUR',
  });

describe('the producer function', () => {
  beforeEach(() => {
    // Powertools writes to the global console then, where the tests can see it.
    jest.replaceProperty(process, 'env', { ...process.env, POWERTOOLS_DEV: 'true' });
  });

  afterEach(() => {
    jest.restoreAllMocks();
  });

  test('answers with the topic and what is on it, and logs no more than how many', async () => {
    const info = jest.spyOn(console, 'info').mockReturnValue();
    const events = [{ order_id: 'a', amount: 1, note: EMAIL }];

    const answer = await handlerOf()({ events }, context);

    const lines = info.mock.calls.map(([line]): unknown => JSON.parse(String(line)));
    expect(answer).toEqual({
      topic: 'order-events',
      sent: [{ orderId: 'a', eventId: 'order-placed:a', partition: 0, offset: 0 }],
    });
    expect(lines).toEqual([
      expect.objectContaining({ level: 'INFO', message: 'Orders sent', topic: 'order-events', count: 1 }),
    ]);
    expect(JSON.stringify(lines)).not.toContain(EMAIL);
  });

  test('ends with an error that the caller can mend when the request cannot be served', async () => {
    const events = [{ order_id: EMAIL, amount: EMAIL }];

    const answer = handlerOf()({ events }, context);

    await expect(answer).rejects.toMatchObject({
      name: 'InvalidRequest',
      message:
        'Event 1 of 1 could not be consumed: The event does not fit its schema: amount is not of type number.',
    });
  });
});
