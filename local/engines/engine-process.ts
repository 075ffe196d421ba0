import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { execa } from 'execa';

import type { Engine, EngineExit } from './engine.ts';
import { lastLines } from './last-lines.ts';

const GRACE_PERIOD_MS = 5_000;
const POLL_INTERVAL_MS = 50;

export interface EngineCommand {
  readonly name: string;
  readonly endpoint: string;
  readonly file: string;
  readonly args: readonly string[];
  /** Environment variables of the process, added to the parent's. */
  readonly environment: Readonly<Record<string, string>>;
  /** The file for standard output and standard error; an older file is replaced. */
  readonly logFile: string;
  /** Resolves to true when the engine serves requests; false or a rejection means "not yet". */
  readonly isReady: () => Promise<boolean>;
  readonly startTimeoutMs: number;
  /** How long it may take to stop before it is killed, in milliseconds; absent: 5 s. */
  readonly stopsWithinMs?: number;
}

/**
 * Starts an engine and resolves when it serves requests.
 *
 * The process is not detached. It stays in its parent's process group, so it ends with the group.
 *
 * @throws Error when the process ends or does not answer in time. The process has been stopped by then, and the
 *   message ends with the last lines of its log.
 */
export async function startEngine(command: EngineCommand): Promise<Engine> {
  const engine = await spawnEngine(command);
  const failure = await waitUntilReady(command, engine.exited);
  if (failure === undefined) return engine;
  await engine.stop();
  throw new Error(
    `${command.name} did not start: ${failure}. Log ${command.logFile} ends with:\n${await lastLines(command.logFile)}`,
  );
}

async function spawnEngine(command: EngineCommand): Promise<Engine> {
  await mkdir(dirname(command.logFile), { recursive: true });
  // The file is passed open, not piped, so that the engine's last lines are kept when its parent is killed.
  const log = createWriteStream(command.logFile);
  await once(log, 'open');
  const subprocess = execa(command.file, command.args, {
    // The compile cache is for this project's own programs.
    env: { ...command.environment, NODE_COMPILE_CACHE: undefined },
    stdio: ['ignore', log, log],
    buffer: false,
    reject: false,
    forceKillAfterDelay: command.stopsWithinMs ?? GRACE_PERIOD_MS,
  });
  log.close();
  const exited = subprocess.then((result): EngineExit => ({
    code: result.exitCode ?? null,
    signal: result.signal ?? null,
  }));
  if (subprocess.pid === undefined) {
    const { message } = await subprocess;
    throw new Error(`${command.name} cannot be run: ${message}`);
  }
  return {
    name: command.name,
    pid: subprocess.pid,
    endpoint: command.endpoint,
    exited,
    stop: async () => {
      subprocess.kill();
      await exited;
    },
  };
}

async function waitUntilReady(
  command: EngineCommand,
  exited: Promise<EngineExit>,
): Promise<string | undefined> {
  const started = performance.now();
  let ended: EngineExit | undefined;
  void exited.then((exit) => (ended = exit));
  while (performance.now() - started < command.startTimeoutMs) {
    // The order matters: another process on the same port must not count as ours being ready.
    const ready = await command.isReady().catch(() => false);
    if (ended !== undefined) return describeExit(ended);
    if (ready) return undefined;
    await delay(POLL_INTERVAL_MS);
  }
  return `no answer from ${command.endpoint} within ${command.startTimeoutMs / 1000} s`;
}

const describeExit = ({ code, signal }: EngineExit): string =>
  signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`;
