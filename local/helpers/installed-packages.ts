import { dirname, resolve } from 'node:path';

/** The folder of this package. Its dependencies are found from here upwards, wherever they were installed. */
export const packageDirectory = resolve(import.meta.dirname, '..');

/** Lists a folder and all its parents, nearest first. */
export function upwards(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...upwards(parent)];
}
