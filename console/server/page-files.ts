import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build, stop } from 'esbuild';

export interface PageFile {
  readonly type: string;
  readonly body: Uint8Array<ArrayBuffer>;
  /** The same, compressed. */
  readonly gzip: Uint8Array<ArrayBuffer>;
}

const pageDirectory = join(import.meta.dirname, '..', 'page');

/**
 * Bundles the page once. All that the server ever sends of it is in this map by its path: it reads no file for a
 * request.
 */
export async function bundlePage(): Promise<ReadonlyMap<string, PageFile>> {
  const { outputFiles } = await build({
    entryPoints: { page: join(pageDirectory, 'main.tsx'), session: join(pageDirectory, 'session.ts') },
    outdir: '/',
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    logLevel: 'silent',
  });
  // Its process has nothing more to do.
  await stop();
  const html = await readFile(join(pageDirectory, 'page.html'));
  const icon = await readFile(join(pageDirectory, 'icon.svg'));
  return new Map([
    ['/', pageFile('text/html; charset=utf-8', html)],
    ['/icon.svg', pageFile('image/svg+xml', icon)],
    ...outputFiles.map(({ path, contents }) => {
      const name = `/${path.split(/[/\\]/).at(-1) ?? ''}`;
      return [
        name,
        pageFile(
          name.endsWith('.css') ? 'text/css; charset=utf-8' : 'text/javascript; charset=utf-8',
          contents,
        ),
      ] as const;
    }),
  ]);
}

function pageFile(type: string, contents: Uint8Array): PageFile {
  return { type, body: new Uint8Array(contents), gzip: new Uint8Array(gzipSync(contents)) };
}
