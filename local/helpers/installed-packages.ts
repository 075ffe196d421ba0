import { dirname, resolve } from 'node:path';

/** This package's folder. Its dependencies are found from here upwards, wherever they were installed. */
export const packageDirectory = resolve(import.meta.dirname, '..');

/** A folder and all folders above it, nearest first. */
export function upwards(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...upwards(parent)];
}
