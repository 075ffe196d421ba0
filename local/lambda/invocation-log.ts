import { MAX_LOG_TAIL_BYTES } from './limits.ts';

/** The log of one invocation: each line goes on to the host, and the end of it can be asked for. */
export interface InvocationLog {
  readonly write: (line: string) => void;
  /** The last 4 KB, as `LogType: Tail` returns them. */
  readonly tail: () => Buffer;
}

export function createInvocationLog(onLine: (line: string) => void): InvocationLog {
  let end = '';
  return {
    write: (line) => {
      end = `${end}${line}\n`.slice(-MAX_LOG_TAIL_BYTES);
      onLine(line);
    },
    tail: () => Buffer.from(end).subarray(-MAX_LOG_TAIL_BYTES),
  };
}
