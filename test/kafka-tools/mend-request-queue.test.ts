import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import { mendRequestQueue } from '../../kafka-tools/mend-request-queue.ts';

const NOW = 1_700_000_000_000;

/** A queue with what its schedule looks at. */
function aQueue(overrides: { readonly throttledUntil?: number; readonly pending?: readonly unknown[] } = {}) {
  const checks: number[] = [];
  const queue = Object.assign(Object.create(RequestQueue.prototype) as RequestQueue, {
    throttledUntil: -1,
    throttleCheckTimeoutId: null,
    pending: [],
    checkPendingRequests: () => checks.push(Date.now() - NOW),
    ...overrides,
  });
  return { queue, checks };
}

describe("kafkajs's queue of requests", () => {
  beforeEach(() => {
    jest.useFakeTimers({ now: NOW });
    mendRequestQueue();
  });

  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  test.each([
    { story: 'a broker that never throttled', state: {} },
    { story: 'a broker whose throttling is over', state: { throttledUntil: NOW - 500 } },
    { story: 'a broker that throttles', state: { throttledUntil: NOW + 700 } },
  ])('sets no timer without requests that wait, for $story', ({ state }) => {
    const { queue } = aQueue(state);

    queue.scheduleCheckPendingRequests();

    expect(jest.getTimerCount()).toBe(0);
  });

  test.each([
    { story: 'soon', state: {}, checks: [10] },
    { story: 'at the end of the throttling', state: { throttledUntil: NOW + 700 }, checks: [700] },
  ])('looks again for a request that waits $story', ({ state, checks: expected }) => {
    const { queue, checks } = aQueue({ ...state, pending: ['a request'] });

    queue.scheduleCheckPendingRequests();
    jest.runAllTimers();

    expect(checks).toEqual(expected);
  });

  test('has one timer at a time', () => {
    const { queue, checks } = aQueue({ throttledUntil: NOW + 700, pending: ['a request'] });

    queue.scheduleCheckPendingRequests();
    queue.scheduleCheckPendingRequests();
    jest.runAllTimers();

    expect(checks).toEqual([700]);
  });

  test('ends requests within a second after their timeout, and keeps the others', () => {
    const ended: string[] = [];
    const { queue } = aQueue();
    const request = (name: string, requestTimeout: number) => ({
      sentAt: NOW,
      requestTimeout,
      timeoutRequest: () => ended.push(`${name} after ${Date.now() - NOW}`),
    });
    Object.assign(queue, {
      enforceRequestTimeout: true,
      requestTimeout: 30_000,
      requestTimeoutIntervalId: null,
      inflight: new Map([
        [1, request('short', 1_500)],
        [2, request('long', 60_000)],
      ]),
      isConnected: () => true,
    });

    queue.scheduleRequestTimeoutCheck();
    jest.advanceTimersByTime(2_500);
    queue.destroy();

    expect({ ended, timers: jest.getTimerCount() }).toEqual({ ended: ['short after 2000'], timers: 0 });
  });

  test('looks for late requests once a second while connected, and no more afterwards', () => {
    let isConnected = true;
    const { queue } = aQueue();
    let looks = 0;
    Object.assign(queue, {
      enforceRequestTimeout: true,
      requestTimeout: 30_000,
      requestTimeoutIntervalId: null,
      inflight: {
        values: () => {
          looks += 1;
          return [].values();
        },
      },
      isConnected: () => isConnected,
    });

    queue.scheduleRequestTimeoutCheck();
    jest.advanceTimersByTime(5_000);
    isConnected = false;
    jest.advanceTimersByTime(5_000);

    expect({ looks, timers: jest.getTimerCount() }).toEqual({ looks: 6, timers: 0 });
  });
});
