declare module 'kafkajs/src/network/requestQueue/index.js' {
  /** The part of kafkajs's queue of requests to one broker that decides when it looks at the queue again. */
  export default class RequestQueue {
    /** Epoch milliseconds until which the broker asked for silence; -1 when it never did. */
    throttledUntil: number;
    readonly pending: readonly unknown[];
    scheduleCheckPendingRequests: (this: RequestQueue) => void;
  }
}
