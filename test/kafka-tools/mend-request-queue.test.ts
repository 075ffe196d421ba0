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
    { story: 'a broker that never throttled', state: {}, delayMs: 0 },
    { story: 'a broker whose throttling is over', state: { throttledUntil: NOW - 500 }, delayMs: 0 },
    { story: 'a broker that throttles', state: { throttledUntil: NOW + 700 }, delayMs: 700 },
    { story: 'requests that wait', state: { pending: ['a request'] }, delayMs: 10 },
  ])('looks again at a time that is not in the past for $story', ({ state, delayMs }) => {
    const timer = jest.spyOn(globalThis, 'setTimeout');
    const { queue, checks } = aQueue(state);

    queue.scheduleCheckPendingRequests();
    jest.runAllTimers();

    expect(timer.mock.calls.map(([, delay]) => delay)).toEqual([delayMs]);
    expect(checks).toHaveLength(1);
  });

  test('has one timer at a time', () => {
    const { queue, checks } = aQueue({ throttledUntil: NOW + 700 });

    queue.scheduleCheckPendingRequests();
    queue.scheduleCheckPendingRequests();
    jest.runAllTimers();

    expect(checks).toEqual([700]);
  });
});
