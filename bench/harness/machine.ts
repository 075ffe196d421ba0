import { createRequire } from 'node:module';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { benchDirectory, peersDirectory } from './folders.ts';

const GIB = 1024 ** 3;

/** The machine and the versions of a measurement. */
export interface Machine {
  /** When it began, RFC 3339. */
  readonly at: string;
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGib: number;
  /** The load of the last minute at the start of the bench, which shows other work on the machine. */
  readonly load: number;
  readonly node: string;
  /** The commit, with a plus where files differed from it. */
  readonly commit: string;
  readonly peers: Readonly<Record<string, string>>;
}

export async function describeMachine(peers: readonly string[]): Promise<Machine> {
  return {
    at: new Date().toISOString(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGib: Math.round((totalmem() / GIB) * 10) / 10,
    load: Math.round((loadavg()[0] ?? 0) * 100) / 100,
    node: process.versions.node,
    commit: await commitOf(),
    peers: Object.fromEntries(peers.map((name) => [name, versionOf(name)])),
  };
}

async function commitOf(): Promise<string> {
  const head = await execa('git', ['rev-parse', '--short', 'HEAD'], { cwd: benchDirectory, reject: false });
  const changes = await execa('git', ['status', '--porcelain', '--', '..', ':!results'], {
    cwd: benchDirectory,
    reject: false,
  });
  if (head.failed || changes.failed) return 'unknown';
  return `${head.stdout}${changes.stdout === '' ? '' : '+'}`;
}

function versionOf(peer: string): string {
  const manifest: unknown = createRequire(join(peersDirectory, 'package.json'))(
    `./node_modules/${peer}/package.json`,
  );
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest
    ? String(manifest.version)
    : 'unknown';
}
