declare module 'kafkajs/src/network/requestQueue/index.js' {
  /** The part of kafkajs's request queue of one broker that schedules its next check. */
  export default class RequestQueue {
    readonly pending: readonly unknown[];
    readonly checkPendingRequests: (this: RequestQueue) => void;
    scheduleCheckPendingRequests: (this: RequestQueue) => void;
  }
}
