declare module 'kafkajs/src/network/requestQueue/index.js' {
  /** The part of kafkajs's request queue of one broker that sets timers. */
  export default class RequestQueue {
    readonly pending: readonly unknown[];
    readonly checkPendingRequests: (this: RequestQueue) => void;
    scheduleCheckPendingRequests: (this: RequestQueue) => void;
    readonly enforceRequestTimeout: boolean;
    /** In milliseconds. */
    readonly requestTimeout: number;
    requestTimeoutIntervalId: NodeJS.Timeout | null;
    /** Requests without an answer yet, by correlation id. */
    readonly inflight: ReadonlyMap<
      number,
      {
        /** Epoch milliseconds. */
        readonly sentAt: number;
        readonly requestTimeout: number;
        readonly timeoutRequest: () => void;
      }
    >;
    readonly isConnected: () => boolean;
    /** Called for each connection. */
    scheduleRequestTimeoutCheck: (this: RequestQueue) => void;
    /** Clears the timers. */
    readonly destroy: () => void;
  }
}
