import type * as Library from '@platformatic/kafka';

type ClientLibrary = typeof Library;

let loading: Promise<ClientLibrary> | undefined;

/**
 * Gives `@platformatic/kafka`, loaded on first use: that takes longer than all other modules of most programs together, and a process
 * does nothing else meanwhile. Its schemas are compiled when they are used, which saves a third of it.
 */
export function clientLibrary(): Promise<ClientLibrary> {
  return (loading ??= load());
}

async function load(): Promise<ClientLibrary> {
  const { compileSchemasLater } = await import('./compile-schemas-later.ts');
  const compileAtOnce = compileSchemasLater();
  try {
    return await import('@platformatic/kafka');
  } finally {
    compileAtOnce();
  }
}
