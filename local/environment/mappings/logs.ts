import { createWriteStream } from 'node:fs';
import { join } from 'node:path';

/** One log file for each source, such as a function. */
export interface Logs {
  write(source: string, line: string): void;
  close(): void;
}

/** How long lines wait for others, in milliseconds, so that many short ones are written as one. */
const WRITE_WITHIN_MS = 20;

export function openLogs(directory: string): Logs {
  const files = new Map<string, LogFile>();
  const fileOf = (source: string): LogFile => {
    const file = files.get(source) ?? openLogFile(join(directory, `${source}.log`));
    files.set(source, file);
    return file;
  };
  return {
    write: (source, line) => {
      fileOf(source).write(line);
    },
    close: () => {
      for (const file of files.values()) file.close();
    },
  };
}

interface LogFile {
  write(line: string): void;
  close(): void;
}

function openLogFile(path: string): LogFile {
  const stream = createWriteStream(path, { flags: 'a' });
  let waiting = '';
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (waiting !== '') stream.write(waiting);
    waiting = '';
  };
  return {
    write: (line) => {
      waiting += `${line}\n`;
      timer ??= setTimeout(flush, WRITE_WITHIN_MS);
    },
    close: () => {
      flush();
      stream.end();
    },
  };
}
