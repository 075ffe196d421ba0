import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { localDirectory } from '../project-folders.ts';

const openingFile = join(localDirectory, 'console.html');

/** Writes the page that opens the console. Readable by its owner only, as it holds the run's token. @returns its path. */
export async function writeOpeningPage(html: string): Promise<string> {
  await mkdir(dirname(openingFile), { recursive: true });
  await rm(openingFile, { force: true });
  await writeFile(openingFile, html, { mode: 0o600 });
  return openingFile;
}

/** Deletes the page, which is of no use once its environment has ended. */
export async function removeOpeningPage(): Promise<void> {
  await rm(openingFile, { force: true });
}
