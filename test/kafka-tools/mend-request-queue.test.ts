import { afterEach, describe, expect, jest, test } from '@jest/globals';
import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';
import { mendRequestQueue } from '../../kafka-tools/mend-request-queue.ts';

const NOW = 1_700_000_000_000;

/** A queue with what its schedule looks at. */
function aQueue(overrides: { readonly throttledUntil?: number; readonly pending?: readonly unknown[] } = {}) {
  return Object.assign(Object.create(RequestQueue.prototype) as RequestQueue, {
    throttledUntil: -1,
    pending: [],
    ...overrides,
  });
}

describe("kafkajs's queue of requests", () => {
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  test.each([
    { story: 'a broker that never throttled', queue: {}, delayMs: 1 },
    { story: 'a broker whose throttling is over', queue: { throttledUntil: NOW - 500 }, delayMs: 1 },
    { story: 'a broker that throttles', queue: { throttledUntil: NOW + 700 }, delayMs: 700 },
    { story: 'requests that wait', queue: { pending: ['a request'] }, delayMs: 10 },
  ])('sets its timer in the future for $story, and keeps what it knows', ({ queue, delayMs }) => {
    jest.useFakeTimers({ now: NOW });
    const timer = jest.spyOn(globalThis, 'setTimeout');
    mendRequestQueue();
    const mended = aQueue(queue);

    mended.scheduleCheckPendingRequests();

    expect(timer.mock.calls.map(([, delay]) => delay)).toEqual([delayMs]);
    expect(mended.throttledUntil).toBe(aQueue(queue).throttledUntil);
  });
});
