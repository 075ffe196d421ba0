/** The exit of an engine's process. Exactly one of the two is set, as in Node's own exit event. */
export interface EngineExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A server of the local environment that runs as a child process and answers on loopback. */
export interface Engine {
  readonly name: string;
  readonly pid: number;
  /** The address for clients: `127.0.0.1:9092` for a broker, `http://127.0.0.1:4566` for an AWS endpoint. */
  readonly endpoint: string;
  /** Resolves when the process has ended, for any reason; never rejects. */
  readonly exited: Promise<EngineExit>;
  /**
   * Asks the process to stop, kills it after a grace period, and resolves when it has ended. A second call has no
   * effect.
   */
  stop(): Promise<void>;
}

/** Receives one line of progress for the user. */
export type ReportProgress = (line: string) => void;
