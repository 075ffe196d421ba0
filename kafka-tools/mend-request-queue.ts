import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

let mended = false;

/** How often requests are checked for their timeout of 30 s, in milliseconds. */
const TIMEOUT_CHECK_MS = 1_000;

/**
 * Stops kafkajs from looking again and again for waiting requests when there are none. After each answer of a broker, its request queue
 * sets a timer for the next look, which sets the next timer: an open connection wakes its process 900 times a second. It also
 * calculates the time until the end of a broker's throttling, which is about -1.7e12 ms for a broker that never
 * throttled. Node.js then prints a TimeoutNegativeWarning, and Lambda reports it as an error of the function. A request that must wait
 * schedules a look itself. kafkajs also looks for late requests ten times a second. Once a second is enough. It is no longer maintained, so it is fixed here.
 * @see https://github.com/tulios/kafkajs/issues/1751
 */
export function mendRequestQueue(): void {
  if (mended) return;
  mended = true;
  const queue = RequestQueue.prototype;
  const { scheduleCheckPendingRequests: schedule } = queue;
  queue.scheduleCheckPendingRequests = function scheduleIfNeeded(this: RequestQueue): void {
    // With requests that wait, kafkajs has a pause of its own.
    if (this.pending.length > 0) schedule.call(this);
  };
  queue.scheduleRequestTimeoutCheck = checkTimeoutsSeldom;
}

function checkTimeoutsSeldom(this: RequestQueue): void {
  if (!this.enforceRequestTimeout) return;
  this.destroy();
  const everyMs = Math.min(this.requestTimeout, TIMEOUT_CHECK_MS);
  this.requestTimeoutIntervalId = setInterval(() => {
    endLateRequests(this);
  }, everyMs);
}

function endLateRequests(queue: RequestQueue): void {
  const now = Date.now();
  for (const request of queue.inflight.values())
    if (now - request.sentAt > request.requestTimeout) request.timeoutRequest();
  if (!queue.isConnected()) queue.destroy();
}
