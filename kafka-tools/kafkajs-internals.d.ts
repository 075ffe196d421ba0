declare module 'kafkajs/src/network/requestQueue/index.js' {
  /** The part of kafkajs's request queue of one broker that schedules its next check. */
  export default class RequestQueue {
    /** Epoch milliseconds until which the broker throttles this client; -1 when it never did. */
    throttledUntil: number;
    /** The timer of the next check. */
    throttleCheckTimeoutId: NodeJS.Timeout | null;
    readonly pending: readonly unknown[];
    readonly checkPendingRequests: (this: RequestQueue) => void;
    scheduleCheckPendingRequests: (this: RequestQueue) => void;
  }
}
