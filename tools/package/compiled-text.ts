import { dirname, relative } from 'node:path';

/** An import of the Kafka package or one of its files, which is not a separate package outside of this repository. */
const KAFKA_PACKAGE = /(['"])@order-events\/kafka-tools(?:\/([\w-]+))?\1/g;

/** A relative import in a declaration, which the compiler leaves as it is. */
const TYPESCRIPT_IMPORT = /((?:from |import\()['"]\.{1,2}\/[^'"]+)\.ts(?=['"])/g;

/** A relative path of a TypeScript file in quotes: the package has none. */
const TYPESCRIPT_FILE = /['"`]\.{0,2}[\w./-]*\w\.ts['"`]/;

/**
 * Rewrites a compiled file for the package: it finds the Kafka package beside it, and declarations import compiled
 * files.
 *
 * @param file - the path of the compiled file in the folder of all, such as `local/bin/msk-local.js`.
 * @throws {Error} when a compiled module still names a TypeScript file, which would fail when it is run.
 */
export function compiledText(file: string, text: string): string {
  const packed = text
    .replaceAll(
      KAFKA_PACKAGE,
      (_match, quote: string, entry = 'index') => quote + pathTo(`kafka-tools/${entry}.js`, file) + quote,
    )
    .replaceAll(TYPESCRIPT_IMPORT, '$1.js');
  const [left] = TYPESCRIPT_FILE.exec(file.endsWith('.js') ? packed : '') ?? [];
  if (left === undefined) return packed;
  throw new Error(
    `${file} names ${left}, which is not in the package: find it by moduleBeside (local/helpers/module-beside.ts).`,
  );
}

function pathTo(target: string, from: string): string {
  const path = relative(dirname(from), target);
  return path.startsWith('.') ? path : `./${path}`;
}
