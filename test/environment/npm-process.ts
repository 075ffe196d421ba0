import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import {
  environmentDescription,
  type EnvironmentDescription,
} from '../../local/environment/control/environment-description.ts';
import { choosePort } from '../../local/engines/choose-port.ts';
import { projectDirectory } from '../../cli/project-folders.ts';

/** What a command came to. */
export interface CommandResult {
  readonly exitCode: number | null;
  readonly lines: readonly string[];
  readonly errors: readonly string[];
}

/** An `npm run …` of this project in a process group of its own, as a terminal starts it. */
export interface NpmProcess {
  /** The process id of npm; also the id of its process group. */
  readonly pid: number;
  /** All that was written to standard output so far, by line. */
  readonly lines: readonly string[];
  /** The same for standard error. */
  readonly errors: readonly string[];
  /** Resolves with npm's exit code, or `null` when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Resolves when a line begins with the text. @throws {Error} with the output, when npm ends first. */
  untilLine(start: string): Promise<void>;
  /** Runs a command of `orders` from a second terminal. */
  orders(...args: readonly string[]): Promise<CommandResult>;
  /** The environment that it started. */
  environment(): Promise<EnvironmentDescription>;
  /** Ends what is left, and deletes its files. */
  cleanUp(): Promise<void>;
}

/** Where an npm script runs, as far as it is not to be its own. */
export interface NpmPlace {
  readonly ports?: readonly string[];
  /** Of another process, for what a script leaves behind; it is not deleted with this one. */
  readonly directory?: string;
}

/** Ports of its own, so that environments of several tests can start at the same moment. */
export async function ownPorts(): Promise<readonly string[]> {
  return ['--broker-port', String(await choosePort()), '--aws-port', String(await choosePort())];
}

/** Runs an npm script, with ports of its own and a folder of its own for what it leaves behind. */
export async function runNpm(
  script: string,
  args: readonly string[] = [],
  place: NpmPlace = {},
): Promise<NpmProcess> {
  const ports = place.ports ?? (await ownPorts());
  const directory = place.directory ?? (await mkdtemp(join(tmpdir(), 'order-events-')));
  const npm = spawn('npm', ['run', '--silent', script, '--', ...args, ...ports], {
    cwd: projectDirectory,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ORDERS_LOCAL_DIRECTORY: directory },
  });
  const pid = npm.pid ?? 0;
  const lines: string[] = [];
  const errors: string[] = [];
  createInterface(npm.stdout).on('line', (line) => lines.push(line));
  createInterface(npm.stderr).on('line', (line) => errors.push(line));
  const ended = new Promise<number | null>((resolve) => {
    npm.once('exit', resolve);
  });
  return {
    pid,
    lines,
    errors,
    ended,
    untilLine: (start) => lineThatStarts(start, { lines, errors, npm }),
    orders: (...command) => runOrders(directory, command),
    environment: async () =>
      environmentDescription.parse(JSON.parse(await readFile(join(directory, 'environment.json'), 'utf8'))),
    cleanUp: async () => {
      killGroup(pid);
      await ended;
      if (place.directory === undefined) await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function runOrders(directory: string, command: readonly string[]): Promise<CommandResult> {
  const orders = spawn(process.execPath, ['bin/orders.ts', ...command], {
    cwd: projectDirectory,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ORDERS_LOCAL_DIRECTORY: directory },
  });
  const ended = once(orders, 'exit');
  const [output, errors] = await Promise.all([text(orders.stdout), text(orders.stderr)]);
  await ended;
  return { exitCode: orders.exitCode, lines: linesOf(output), errors: linesOf(errors) };
}

const linesOf = (written: string): readonly string[] => written.split('\n').filter(Boolean);

async function lineThatStarts(
  start: string,
  { lines, errors, npm }: { lines: string[]; errors: string[]; npm: ReturnType<typeof spawn> },
): Promise<void> {
  const found = (): boolean => lines.some((line) => line.startsWith(start));
  await new Promise<void>((resolve, reject) => {
    npm.stdout?.on('data', () => {
      // The line reader has its turn first.
      setImmediate(() => {
        if (found()) resolve();
      });
    });
    npm.once('close', () => {
      if (found()) resolve();
      else reject(new Error(`npm ended before "${start}":\n${[...lines, ...errors].join('\n')}`));
    });
  });
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Gone already.
  }
}
