import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

let mended = false;

/**
 * Prevents kafkajs from setting a timer in the past. Its request queue calculates the time until the end of a
 * broker's throttling, which is about -1.7e12 ms for a broker that never throttled. Node.js then prints a
 * TimeoutNegativeWarning, and Lambda reports it as an error of the function. kafkajs is no longer maintained, so it
 * is fixed here.
 * @see https://github.com/tulios/kafkajs/issues/1751
 */
export function mendRequestQueue(): void {
  if (mended) return;
  mended = true;
  const queue = RequestQueue.prototype;
  const { scheduleCheckPendingRequests: schedule } = queue;
  queue.scheduleCheckPendingRequests = function scheduleInTheFuture(this: RequestQueue): void {
    if (this.pending.length === 0) checkLater(this);
    // With requests that wait, kafkajs has a pause of its own.
    else schedule.call(this);
  };
}

/** Schedules the next check as kafkajs does, but never in the past. */
function checkLater(queue: RequestQueue): void {
  queue.throttleCheckTimeoutId ??= setTimeout(
    () => {
      queue.throttleCheckTimeoutId = null;
      queue.checkPendingRequests();
    },
    Math.max(0, queue.throttledUntil - Date.now()),
  );
}
