/** How an engine's process ended: exactly one of the two is set, as in Node's own exit event. */
export interface EngineExit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A server of the local environment that runs as a child process and answers on loopback. */
export interface Engine {
  readonly name: string;
  readonly pid: number;
  /** What a client is given: `127.0.0.1:9092` for a broker, `http://127.0.0.1:4566` for an AWS endpoint. */
  readonly endpoint: string;
  /** Resolves when the process has ended, whoever ended it; never rejects. */
  readonly exited: Promise<EngineExit>;
  /** Asks the process to end, forces it after a grace period, and resolves when it is gone. May be called twice. */
  stop(): Promise<void>;
}

/** Takes one line that tells a person what is going on. */
export type ReportProgress = (line: string) => void;
