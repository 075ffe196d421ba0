import { cp, mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve } from 'node:path';
import { unzipSync } from 'fflate';

/**
 * Unpacks one layer over the content of a folder, as Lambda does under `/opt`.
 *
 * @param layer - a folder, or a zip file with the layer's content.
 * @throws {Error} when a file is not a zip archive, or one of its entries leads out of the folder.
 */
export async function unpackLayer(layer: string, folder: string): Promise<void> {
  if ((await stat(layer)).isDirectory()) await cp(layer, folder, { recursive: true });
  else await unzip(layer, folder);
}

async function unzip(file: string, folder: string): Promise<void> {
  for (const [name, content] of Object.entries(entriesOf(file, await readFile(file)))) {
    const target = resolve(folder, name);
    if (leadsOut(relative(folder, target))) {
      throw new Error(`The layer ${file} cannot be unpacked: its entry ${name} leads out of the layer.`);
    }
    if (name.endsWith('/')) {
      await mkdir(target, { recursive: true });
      continue;
    }
    await mkdir(dirname(target), { recursive: true });
    // File modes of the archive are ignored, and programs in a layer must be executable.
    await writeFile(target, content, { mode: 0o755 });
  }
}

const leadsOut = (path: string): boolean => path.startsWith('..') || isAbsolute(path);

function entriesOf(file: string, bytes: Uint8Array): Readonly<Record<string, Uint8Array>> {
  try {
    return unzipSync(bytes);
  } catch (cause) {
    throw new Error(`The layer ${file} cannot be unpacked: it is not a zip archive.`, { cause });
  }
}
