import { readFile } from 'node:fs/promises';
import type { z } from 'zod';

/** A name for the file's content in messages, such as `the mapping`. */
export interface JsonFile {
  readonly path: string;
  readonly what: string;
}

/** @throws {Error} with a one-line message that names the file and each invalid value. */
export async function readJsonFile<T>({ path, what }: JsonFile, schema: z.ZodType<T>): Promise<T> {
  const json = parse(await read(path, what), { path, what });
  return fitting(json, schema, `${path} does not hold ${what}`);
}

/**
 * Validates a value that a user wrote.
 *
 * @param title - the beginning of the error message.
 * @throws {Error} with a one-line message that names each invalid value.
 */
export function fitting<T>(value: unknown, schema: z.ZodType<T>, title: string): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `${[...issue.path, issue.keys.join(', ')].join('.')} is unknown; remove it`
      : `${[...issue.path, ''].join('.').slice(0, -1)} ${issue.message}`.trim(),
  );
  throw new Error(`${title}: ${problems.join('; ')}`);
}

async function read(path: string, what: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new Error(`${path} cannot be read: give the path of a JSON file with ${what}.`, { cause });
  }
}

function parse(text: string, { path, what }: JsonFile): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${path} is not JSON: write ${what} as one JSON object.`, { cause });
  }
}
