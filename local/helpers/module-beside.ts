import { extname } from 'node:path';

/**
 * The address of another module of this package, for what is not imported but started as a process.
 *
 * A clone runs the TypeScript files as they are, and the package runs what was compiled from them: the other module ends as
 * this one does.
 *
 * @param name - relative to the module that asks, without the ending, such as `../poller/poller-process`.
 * @param askedBy - `import.meta.url` of the module that asks.
 */
export const moduleBeside = (name: string, askedBy: string): URL =>
  new URL(`${name}${extname(new URL(askedBy).pathname)}`, askedBy);
