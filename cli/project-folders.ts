import { join, resolve } from 'node:path';

/** The project's folder. */
export const projectDirectory = resolve(import.meta.dirname, '..');

const ignoredDirectory = join(projectDirectory, '.local');

/** Kafka and MiniStack, fetched once. */
export const enginesDirectory = join(ignoredDirectory, 'engines');

/** Where Node.js keeps the compiled code of this project's programs. */
export const compileCacheDirectory = join(enginesDirectory, 'compile-cache');

/** Cloud assemblies of this project's app, kept from one start to the next. */
export const assembliesDirectory = join(ignoredDirectory, 'assemblies');

/**
 * The folder for what running environments leave behind: `.local`, or the one that ORDERS_LOCAL_DIRECTORY names, which lets
 * one checkout have several environments side by side, each with commands of its own.
 */
export const localDirectory = resolve(process.env['ORDERS_LOCAL_DIRECTORY'] ?? ignoredDirectory);
