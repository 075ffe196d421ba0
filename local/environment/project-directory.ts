import { join, resolve } from 'node:path';

/** The project's folder; everything that running it leaves behind is under `.local` in it. */
export const projectDirectory = resolve(import.meta.dirname, '../..');

/** Kafka and MiniStack, fetched once. */
export const enginesDirectory = join(projectDirectory, '.local', 'engines');
