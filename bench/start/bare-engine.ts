import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { enginesDirectory } from '../../cli/project-folders.ts';
import { choosePort } from '../../local/engines/choose-port.ts';
import type { Engine } from '../../local/engines/engine.ts';
import { makeRunDirectories, type RunDirectories } from '../../local/environment/plan/run-directories.ts';
import { startAwsEmulator, startBroker } from '../../local/environment/start/start-engines.ts';
import { usageOfProcess } from '../harness/process-usage.ts';
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
  return {
    readyMs,
    usage: () => usageOfProcess(engine.pid),
    stop: async () => {
      await engine.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
