import { readFile } from 'node:fs/promises';

/** The last lines of a text file, or a note in place of them when it is empty or cannot be read. */
export async function lastLines(path: string, count = 15): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const lines = text.trimEnd().split('\n').slice(-count).join('\n');
  return lines === '' ? '(the log is empty)' : lines;
}
