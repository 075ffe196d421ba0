import { rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { buildSync, type BuildOptions, type Metafile } from 'esbuild';

/** The file that Lambda looks for. */
const MAIN = 'index.js';
/** The folder of the parts, for as long as they are put together. */
const PARTS = 'parts';

const COMMON = {
  platform: 'node',
  target: 'node24',
  minify: true,
  sourcemap: true,
  sourcesContent: false,
  logLevel: 'warning',
} satisfies BuildOptions;

/** CommonJS starts faster than ESM here: importing Node's own modules from ESM builds a facade for each. */
const COMMON_JS = { format: 'cjs', supported: { 'dynamic-import': false } } satisfies BuildOptions;

/**
 * Bundles a handler to CommonJS, SDK included, so that what was tested is what runs. The start of a function reads one file,
 * `index.js`; what the code imports with `import()` lies in files of its own.
 *
 * A single file would be read and scanned as a whole at each start, and esbuild would wrap everything in functions that an
 * `import()` could reach, the greater part of the SDK for the sake of its sources of credentials. esbuild splits ESM only,
 * and puts what the parts share into files of their own. So a second pass joins those of the start again.
 *
 * @param entry - the file of the handler.
 * @param directory - an empty folder, which gets the files.
 * @throws {Error} with esbuild's messages when the entry cannot be bundled.
 */
export function bundleHandler(entry: string, directory: string): void {
  const folder = join(directory, PARTS);
  const parts = partsOf(split(entry, folder));
  writeMain(parts, folder, directory);
  writeOthers(parts, folder, directory);
  rmSync(folder, { recursive: true });
}

/** The parts of a handler, by the names of their files. */
interface Parts {
  /** Those that are read on demand. */
  readonly onDemand: readonly string[];
  /** Those of the start that the others need too. */
  readonly shared: readonly string[];
}

function split(entry: string, folder: string): Metafile['outputs'] {
  const { metafile } = buildSync({
    ...COMMON,
    entryPoints: { index: entry },
    outdir: folder,
    bundle: true,
    splitting: true,
    format: 'esm',
    mainFields: ['module', 'main'],
    // Where packages look for what lies beside them; CommonJS knows it by this name.
    define: { 'import.meta.url': '__filename' },
    // The same code with its WebAssembly inside, as a bundle has no other files.
    alias: { '@platformatic/wasm-utils': '@platformatic/wasm-utils/bundled' },
    metafile: true,
  });
  return metafile.outputs;
}

function partsOf(outputs: Metafile['outputs']): Parts {
  const needs = new Map(
    Object.entries(outputs)
      .filter(([path]) => path.endsWith('.js'))
      .map(([path, { imports }]) => [
        basename(path),
        imports.filter(isNeededAtOnce).map((one) => basename(one.path)),
      ]),
  );
  const start = new Set([MAIN]);
  // A set is walked in the order of its items, also those that are added on the way.
  for (const part of start) for (const needed of needs.get(part) ?? []) start.add(needed);
  const onDemand = [...needs.keys()].filter((part) => !start.has(part));
  const shared = new Set(onDemand.flatMap((part) => needs.get(part) ?? []).filter((part) => start.has(part)));
  return { onDemand, shared: [...shared].toSorted() };
}

function isNeededAtOnce({ kind, external }: { readonly kind: string; readonly external?: boolean }): boolean {
  return kind === 'import-statement' && external !== true;
}

/** Joins the parts of the start. They are in one scope, which shows what the others need under a name for each part. */
function writeMain({ onDemand, shared }: Parts, folder: string, directory: string): void {
  const main = join(folder, 'main.js');
  const lines = shared.map((part, index) => `export * as ${sharedName(index)} from './${part}';`);
  writeFileSync(main, [`export * from './${MAIN}';`, ...lines].join('\n'));
  buildSync({
    ...COMMON,
    ...COMMON_JS,
    entryPoints: { index: main },
    outdir: directory,
    bundle: true,
    external: onDemand.map((part) => `./${part}`),
  });
}

/** Writes the parts that are read on demand, and where they find what they share with the start. */
function writeOthers({ onDemand, shared }: Parts, folder: string, directory: string): void {
  buildSync({
    ...COMMON,
    ...COMMON_JS,
    entryPoints: onDemand.map((part) => join(folder, part)),
    outdir: directory,
  });
  for (const [index, part] of shared.entries())
    writeFileSync(join(directory, part), `module.exports = require("./${MAIN}").${sharedName(index)};\n`);
}

function sharedName(index: number): string {
  return `shared${index}`;
}
