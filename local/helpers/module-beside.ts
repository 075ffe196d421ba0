import { extname } from 'node:path';

/**
 * Returns the URL of another module of this package that is not imported but started as a process.
 *
 * A clone runs the TypeScript files directly, and the package runs compiled files. So the other module has the same
 * extension as the calling one.
 *
 * @param name - relative to the calling module, without the extension, such as `../poller/poller-process`.
 * @param askedBy - `import.meta.url` of the calling module.
 */
export const moduleBeside = (name: string, askedBy: string): URL =>
  new URL(`${name}${extname(new URL(askedBy).pathname)}`, askedBy);
