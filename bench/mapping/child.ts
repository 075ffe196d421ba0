import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
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
  writeFileSync(log, '');
  const child = execa(process.execPath, [path, ...words], {
    ...(directory === undefined ? {} : { cwd: directory }),
    env: environment,
    stdio: ['ignore', { file: log, append: true }, { file: log, append: true }],
    reject: false,
    cleanup: true,
  });
  return {
    usage: () => (child.pid === undefined ? [] : usageOfProcess(child.pid)),
    stop: async () => {
      child.kill('SIGKILL');
      await child;
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
