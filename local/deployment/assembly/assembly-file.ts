import { readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';

/**
 * Reads a JSON file of a cloud assembly as text.
 *
 * @param file - relative to the assembly's folder, as the assembly itself names it
 * @throws Error when the path leads out of the folder, directly or through a link, or when the file is missing or not
 * JSON. The message never quotes the file
 */
export async function readAssemblyText(directory: string, file: string): Promise<string> {
  const path = join(directory, file);
  refuseOutside(directory, path, file);
  refuseOutside(await realpath(directory), await realpath(path), file);
  const text = await readFile(path, 'utf8');
  if (!isJson(text)) throw new Error(`${path} is not JSON: synthesize the cloud assembly again`);
  return text;
}

/** Reads a JSON file of a cloud assembly as {@link readAssemblyText} does, and parses it. */
export async function readAssemblyJson(directory: string, file: string): Promise<unknown> {
  return JSON.parse(await readAssemblyText(directory, file));
}

function refuseOutside(directory: string, path: string, file: string): void {
  const way = relative(directory, path);
  if (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)) return;
  throw new Error(
    `the cloud assembly ${directory} names the file ${JSON.stringify(file)}, which is outside of its folder: ` +
      'only files within are read; synthesize it again, or give the folder that holds all of it',
  );
}

/** Returns whether a text is JSON. The parser's own error is dropped, because its message quotes the text. */
function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
