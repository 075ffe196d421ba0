import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { execa } from 'execa';
import { installKafkaTools } from '../kafka/kafka-performance.ts';
import { peersDirectory } from './folders.ts';

const LOCK_FILE = join(peersDirectory, 'package-lock.json');
const STAMP = join(peersDirectory, 'node_modules', '.installed');

/**
 * Installs the packages for comparison, unless they match the lock file, and Kafka's own tools. Needs the npm registry and Maven
 * Central once.
 */
export async function installPeers(report: (line: string) => void): Promise<void> {
  await installKafkaTools(report);
  await installPackages(report);
}

async function installPackages(report: (line: string) => void): Promise<void> {
  const wanted = createHash('sha256')
    .update(await readFile(LOCK_FILE))
    .digest('hex');
  const installed = await readFile(STAMP, 'utf8').catch(() => '');
  if (installed === wanted) return;
  report('Installing the peers of the benches, once');
  const { failed, all } = await execa('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: peersDirectory,
    all: true,
    reject: false,
  });
  if (failed) throw new Error(`npm could not install the peers of the benches in ${peersDirectory}:\n${all}`);
  await writeFile(STAMP, wanted);
}
