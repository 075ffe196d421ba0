import { describe, expect, test } from '@jest/globals';
import { readOrderRequest } from '../../../functions/order-producer/order-request.ts';

const PRIVATE = 'ada@example.com';

describe('a request', () => {
  test.each([
    { story: 'a number of test orders', payload: { count: 1 }, kind: 'test orders', seed: undefined },
    { story: 'the most test orders', payload: { count: 500, seed: 7 }, kind: 'test orders', seed: 7 },
    {
      story: 'the largest seed',
      payload: { count: 2, seed: 4_294_967_295 },
      kind: 'test orders',
      seed: 4_294_967_295,
    },
  ])('can be for $story', ({ payload, kind, seed }) => {
    const request = readOrderRequest(payload);

    expect(request).toEqual({ ok: true, value: { kind, count: payload.count, seed } });
  });

  test('can hold events, which are not looked at yet', () => {
    const request = readOrderRequest({ events: [{ order_id: 'a' }, 'b'] });

    expect(request).toEqual({ ok: true, value: { kind: 'given events', events: [{ order_id: 'a' }, 'b'] } });
  });

  test.each([
    { story: 'nothing', payload: undefined, problem: 'the value is not of type object' },
    { story: 'null', payload: null, problem: 'the value is not of type object' },
    { story: 'a text', payload: PRIVATE, problem: 'the value is not of type object' },
    { story: 'a list', payload: [PRIVATE], problem: 'the value is not of type object' },
    { story: 'an empty object', payload: {}, problem: 'count is not of type number' },
    { story: 'a count of 0', payload: { count: 0 }, problem: 'count is less than the minimum of 1' },
    { story: 'a count of 501', payload: { count: 501 }, problem: 'count is more than the maximum of 500' },
    { story: 'half an order', payload: { count: 1.5 }, problem: 'count is not of type int' },
    { story: 'a count as text', payload: { count: PRIVATE }, problem: 'count is not of type number' },
    {
      story: 'a negative seed',
      payload: { count: 1, seed: -1 },
      problem: 'seed is less than the minimum of 0',
    },
    {
      story: 'a seed of 33 bits',
      payload: { count: 1, seed: 4_294_967_296 },
      problem: 'seed is more than the maximum of 4294967295',
    },
    {
      story: 'a field that is not known',
      payload: { count: 1, [PRIVATE]: 1 },
      problem: 'the value has fields that are not known',
    },
    { story: 'no events', payload: { events: [] }, problem: 'events is less than the minimum of 1' },
    {
      story: '501 events',
      payload: { events: Array.from({ length: 501 }) },
      problem: 'events is more than the maximum of 500',
    },
    { story: 'events as text', payload: { events: PRIVATE }, problem: 'events is not of type array' },
    {
      story: 'events and a count',
      payload: { events: [1], count: 1 },
      problem: 'the value has fields that are not known',
    },
  ])('with $story is refused by what is wrong and what to send', ({ payload, problem }) => {
    const request = readOrderRequest(payload);

    expect(request).toEqual({
      ok: false,
      error:
        `The request is not valid: ${problem}. Send { "count": 1 to 500, "seed": 0 to 4294967295 (optional) } ` +
        'or { "events": [1 to 500 order events] }.',
    });
  });
});
