import { readFile } from 'node:fs/promises';

/** Reads the last lines of a text file. Returns a note instead when the file is empty or cannot be read. */
export async function lastLines(path: string, count = 15): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const lines = text.trimEnd().split('\n').slice(-count).join('\n');
  return lines === '' ? '(the log is empty)' : lines;
}
