import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

/** The folder of the benches. */
export const benchDirectory = dirname(dirname(fileURLToPath(import.meta.url)));

/** Tables, figures and pictures of the last runs. */
export const resultsDirectory = join(benchDirectory, 'results');
