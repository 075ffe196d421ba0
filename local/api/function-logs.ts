import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { errorCode } from '../helpers/error-code.ts';

/**
 * Finds a function by its name, or by a part of it.
 *
 * @throws {Error} when no function or several functions match; the message lists them.
 */
export function functionNamed(text: string, functionNames: readonly string[]): string {
  const names = [...new Set(functionNames)].toSorted();
  const found = names.includes(text) ? [text] : names.filter((name) => name.includes(text));
  const [only, ...others] = found;
  if (only !== undefined && others.length === 0) return only;
  const which = only === undefined ? names : found;
  throw new Error(
    `${only === undefined ? 'No function' : 'More than one function'} of a mapping has ${JSON.stringify(text)} in its name: ` +
      `give one of ${which.join(', ')}.`,
  );
}

/** Reads the lines of a function's log. The list is empty before the first invocation. */
export async function readLog(logsDirectory: string, functionName: string): Promise<readonly string[]> {
  const text = await readFile(join(logsDirectory, `${functionName}.log`), 'utf8').catch((error: unknown) => {
    if (errorCode(error) === 'ENOENT') return '';
    throw error;
  });
  return text === '' ? [] : text.trimEnd().split('\n');
}
