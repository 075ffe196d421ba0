import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The folder of the benches. */
export const benchDirectory = dirname(dirname(fileURLToPath(import.meta.url)));

/** The packages to compare with. The benches themselves use the project's packages. */
export const peersDirectory = join(benchDirectory, 'peers');

/** Tables, figures and pictures of the last runs. */
export const resultsDirectory = join(benchDirectory, 'results');
