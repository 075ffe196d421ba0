import { StringDecoder } from 'node:string_decoder';

/** Cuts a stream of UTF-8 bytes into lines. */
export interface LineSplitter {
  readonly push: (chunk: Buffer) => void;
  /** Hands over what came since the last line break, if anything did. */
  readonly flush: () => void;
}

export function createLineSplitter(onLine: (line: string) => void): LineSplitter {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  return {
    push: (chunk) => {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) onLine(line);
    },
    flush: () => {
      if (rest !== '') onLine(rest);
      rest = '';
    },
  };
}
