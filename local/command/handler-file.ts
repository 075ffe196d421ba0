import { existsSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { FunctionFile } from '../environment/plan/app-source.ts';

const EXTENSIONS = ['.js', '.mjs', '.cjs'];
/** File extensions. A handler that ends in one probably lacks its export. */
const FILE_ENDING = /^[cm]?[jt]sx?$/;

/**
 * Reads `<file>.<export>`, where the file may be written with its extension or, as Lambda does, without.
 *
 * @param base - absolute path of the folder that a relative path starts from.
 * @throws {Error} with a one-line message when the module does not exist.
 */
export function handlerFile(text: string, base: string): Pick<FunctionFile, 'codeDirectory' | 'handler'> {
  const path = resolve(base, text);
  const [, file = '', exported = ''] = /^([^.]+)(?:\.[mc]?js)?\.([^.]+)$/.exec(basename(path)) ?? [];
  const codeDirectory = dirname(path);
  const found = EXTENSIONS.some((extension) => existsSync(join(codeDirectory, file + extension)));
  if (file !== '' && found && !FILE_ENDING.test(exported))
    return { codeDirectory, handler: `${file}.${exported}` };
  throw new Error(
    `--handler ${text} does not name a module and an export: give <file>.<export>, such as dist/index.handler; the file must end in ` +
      `${EXTENSIONS.join(', ')} (bundle TypeScript first).`,
  );
}
