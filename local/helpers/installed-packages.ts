import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** This package's folder. Its dependencies are found from here upwards, wherever they were installed. */
export const packageDirectory = resolve(import.meta.dirname, '..');

/** A folder and all folders above it, nearest first. */
export function upwards(directory: string): string[] {
  const parent = dirname(directory);
  return parent === directory ? [directory] : [directory, ...upwards(parent)];
}

/** The node_modules folder that holds the AWS SDK that this package uses. @throws {Error} when there is none. */
export function sdkModules(): string {
  const found = upwards(packageDirectory)
    .map((folder) => join(folder, 'node_modules'))
    .find((modules) => existsSync(join(modules, '@aws-sdk')));
  if (found === undefined)
    throw new Error(
      `No AWS SDK is installed above ${packageDirectory}: install the dependencies of msk-local.`,
    );
  return found;
}
