import { readFileSync, truncateSync, writeFileSync } from 'node:fs';

/** When the function handled how many records, from the file that it appends to. */
export interface Handled {
  readonly count: number;
  /** Epoch milliseconds of the first and the last invocation's end, and the records of the first one. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly firstCount: number;
}

/** Makes the file empty. The function may have it open already. */
export function emptyHandled(path: string): void {
  writeFileSync(path, '', { flag: 'a' });
  truncateSync(path);
}

/** Reads what has been handled so far; undefined before the first invocation has ended. */
export function readHandled(path: string): Handled | undefined {
  const lines = readFileSync(path, 'utf8').split('\n').slice(0, -1);
  let [count, firstAt, lastAt, firstCount] = [0, Number.POSITIVE_INFINITY, 0, 0];
  for (const line of lines) {
    const [at = 0, records = 0] = line.split(' ').map(Number);
    count += records;
    lastAt = Math.max(lastAt, at);
    if (at < firstAt) [firstAt, firstCount] = [at, records];
  }
  return count === 0 ? undefined : { count, firstAt, lastAt, firstCount };
}
