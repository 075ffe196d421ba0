import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { enginesDirectory } from '../../cli/project-folders.ts';
import { choosePort } from '../../local/engines/choose-port.ts';
import type { Engine } from '../../local/engines/engine.ts';
import { makeRunDirectories, type RunDirectories } from '../../local/environment/plan/run-directories.ts';
import { startAwsEmulator, startBroker } from '../../local/environment/start/start-engines.ts';
import { usageOfGroup, type ProcessUsage } from '../harness/process-usage.ts';
import type { NpmStart } from './npm-start.ts';

const nobodyAsks = (): void => undefined;

/** Starts the broker of an environment, and nothing else. */
export function bareBroker(): Promise<NpmStart> {
  return bareEngine((port, directories) => startBroker(port, directories, nobodyAsks));
}

/** Starts the AWS emulator of an environment, and nothing else. */
export function bareEmulator(): Promise<NpmStart> {
  return bareEngine((port, directories) => startAwsEmulator(port, '127.0.0.1:9', directories, nobodyAsks));
}

async function bareEngine(
  start: (port: number, directories: RunDirectories) => Promise<Engine>,
): Promise<NpmStart> {
  const directory = await mkdtemp(join(tmpdir(), 'order-events-bench-'));
  const directories = await makeRunDirectories(directory, enginesDirectory);
  const port = await choosePort();
  const begun = performance.now();
  const engine = await start(port, directories);
  const readyMs = performance.now() - begun;
  const group = await ownGroup();
  return {
    readyMs,
    usage: (): readonly ProcessUsage[] => usageOfGroup(group).filter(({ pid }) => pid === engine.pid),
    stop: async () => {
      await engine.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** An engine is in the process group of whoever starts it. */
async function ownGroup(): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'pgid=', '-p', String(process.pid)]);
  return Number(stdout);
}
