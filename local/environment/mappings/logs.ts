import { createWriteStream, type WriteStream } from 'node:fs';
import { join } from 'node:path';

/** One log file for each source, such as a function. */
export interface Logs {
  write(source: string, line: string): void;
  close(): void;
}

export function openLogs(directory: string): Logs {
  const streams = new Map<string, WriteStream>();
  const streamOf = (source: string): WriteStream => {
    const stream = streams.get(source) ?? createWriteStream(join(directory, `${source}.log`), { flags: 'a' });
    streams.set(source, stream);
    return stream;
  };
  return {
    write: (source, line) => {
      streamOf(source).write(`${line}\n`);
    },
    close: () => {
      for (const stream of streams.values()) stream.end();
    },
  };
}
