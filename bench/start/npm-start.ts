import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectDirectory } from '../../cli/project-folders.ts';
import { choosePort } from '../../local/engines/choose-port.ts';
import { childrenOf, usageOfGroup, type ProcessUsage } from '../harness/process-usage.ts';

/** An `npm start` that has printed `Ready`. */
export interface NpmStart {
  /** From the start of npm to the line, in milliseconds. */
  readonly readyMs: number;
  /** What all its processes have used. */
  readonly usage: () => readonly ProcessUsage[];
  /** Ends it as Ctrl-C does, and deletes its files. */
  stop(): Promise<void>;
}

/**
 * Runs `npm start` with ports and a folder of its own, so that it disturbs no other environment of this checkout. It shares
 * their engines.
 *
 * @throws {Error} with its output, when it ends before it is ready.
 */
export async function npmStart(): Promise<NpmStart> {
  const directory = await mkdtemp(join(tmpdir(), 'order-events-bench-'));
  const names = ['--broker-port', '--aws-port', '--console-port'];
  const ports = await Promise.all(names.map(async (name) => [name, String(await choosePort())]));
  const begun = performance.now();
  const npm = spawn('npm', ['start', '--', ...ports.flat()], {
    cwd: projectDirectory,
    // A group of its own, as in a terminal.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ORDERS_LOCAL_DIRECTORY: directory },
  });
  const group = npm.pid ?? 0;
  const ended = once(npm, 'exit');
  const stop = async (): Promise<void> => {
    if (npm.exitCode === null && npm.signalCode === null) process.kill(-group, 'SIGINT');
    await ended;
    await rm(directory, { recursive: true, force: true, maxRetries: 5 });
  };
  const written: string[] = [];
  createInterface(npm.stderr).on('line', (line) => written.push(line));
  for await (const line of createInterface(npm.stdout)) {
    written.push(line);
    if (!line.startsWith('Ready.')) continue;
    npm.stdout.resume();
    return { readyMs: performance.now() - begun, usage: () => usageOfAll(group), stop };
  }
  await stop();
  throw new Error(`npm start ended before it was ready:\n${written.join('\n')}`);
}

/** Npm and its command are in one group. The guardian, a child of the command, leads the group of everything else. */
function usageOfAll(group: number): readonly ProcessUsage[] {
  const command = usageOfGroup(group);
  const known = new Set(command.map(({ pid }) => pid));
  const leaders = command.flatMap(({ pid }) => childrenOf(pid)).filter((pid) => !known.has(pid));
  return [...command, ...leaders.flatMap(usageOfGroup)];
}
