import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { usageOfProcess, type ProcessUsage } from '../harness/process-usage.ts';
import type { KafkaJsProcessSettings } from './kafkajs-settings.ts';

/** A Node.js program that competes with the mapping. */
export interface Program {
  readonly path: string;
  readonly arguments: readonly string[];
  readonly directory?: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The file for what it prints. */
  readonly log: string;
}

export interface Child {
  readonly usage: () => readonly ProcessUsage[];
  readonly stop: () => Promise<void>;
}

/** Starts a program, which ends with this process at the latest. */
export function startChild({ path, arguments: words, directory, environment, log }: Program): Child {
  const output = openSync(log, 'w');
  const child = spawn(process.execPath, [path, ...words], {
    ...(directory === undefined ? {} : { cwd: directory }),
    env: { ...process.env, ...environment },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  const kill = () => {
    child.kill('SIGKILL');
  };
  process.once('exit', kill);
  return {
    usage: () => (child.pid === undefined ? [] : usageOfProcess(child.pid)),
    stop: async () => {
      process.off('exit', kill);
      kill();
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
    },
  };
}

/** The program of plain kafkajs consumers. */
export function kafkaJsProgram(
  settings: KafkaJsProcessSettings,
  { out, workMs }: { readonly out: string; readonly workMs: number },
): Program {
  return {
    path: join(import.meta.dirname, 'kafkajs-process.ts'),
    arguments: [JSON.stringify(settings)],
    environment: { OUT: out, WORK_MS: String(workMs) },
    log: `${out}.log`,
  };
}
