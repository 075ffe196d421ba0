import { readFile } from 'node:fs/promises';
import type { z } from 'zod';

/** What a file holds, for a person: `the mapping`, say. */
export interface JsonFile {
  readonly path: string;
  readonly what: string;
}

/** @throws {Error} in one line that names the file, and each value that does not fit. */
export async function readJsonFile<T>({ path, what }: JsonFile, schema: z.ZodType<T>): Promise<T> {
  const json = parse(await read(path, what), { path, what });
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) =>
    issue.code === 'unrecognized_keys'
      ? `${[...issue.path, issue.keys.join(', ')].join('.')} is unknown; remove it`
      : `${[...issue.path, ''].join('.').slice(0, -1)} ${issue.message}`.trim(),
  );
  throw new Error(`${path} does not hold ${what}: ${problems.join('; ')}`);
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
