import RequestQueue from 'kafkajs/src/network/requestQueue/index.js';

let mended = false;

/**
 * Keeps kafkajs from setting a timer in the past. Its queue of requests calculates the time until a throttled broker may be
 * asked again, which is some -1.7e12 ms for a broker that never throttled. Node.js then prints a TimeoutNegativeWarning,
 * and Lambda reports what is printed as an error of the function. kafkajs is not maintained, so it is mended here.
 * @see https://github.com/tulios/kafkajs/issues/1751
 */
export function mendRequestQueue(): void {
  if (mended) return;
  mended = true;
  const queue = RequestQueue.prototype;
  const { scheduleCheckPendingRequests: schedule } = queue;
  queue.scheduleCheckPendingRequests = function scheduleInTheFuture(this: RequestQueue): void {
    const { throttledUntil } = this;
    // With requests that wait, kafkajs has a pause of its own. Without any, this timer finds nothing to do.
    if (this.pending.length === 0) this.throttledUntil = Math.max(throttledUntil, Date.now() + 1);
    schedule.call(this);
    this.throttledUntil = throttledUntil;
  };
}
