import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import type { Page } from 'playwright-core';
import { projectDirectory } from '../../cli/project-folders.ts';
import { choosePort } from '../../local/engines/choose-port.ts';

/** An environment with its console, for somebody who works with it by the page. */
export interface RunningConsole {
  readonly endpoint: string;
  /** Runs a command of `orders` beside it. @returns the lines that it prints. @throws {Error} when it fails. */
  readonly orders: (...command: readonly string[]) => Promise<readonly string[]>;
  /** Opens the page with its buttons. */
  readonly open: (page: Page) => Promise<void>;
  readonly stop: () => Promise<void>;
}

/** Does what `npm start` does, on ports and with files of its own. @throws {Error} with its output, when it ends before it is ready. */
export async function startRunningConsole(): Promise<RunningConsole> {
  const directory = await mkdtemp(join(tmpdir(), 'order-events-console-'));
  const [console, broker, aws] = await Promise.all([choosePort(), choosePort(), choosePort()]);
  const options = { cwd: projectDirectory, env: { ORDERS_LOCAL_DIRECTORY: directory } };
  const ports = ['--console-port', console, '--broker-port', broker, '--aws-port', aws].map(String);
  // Not by npm, which ends at a signal and leaves its script alone with it.
  const start = execa(process.execPath, ['bin/orders.ts', 'up', '--orders', '0', ...ports], {
    ...options,
    all: true,
    reject: false,
    stdin: 'ignore',
  });
  await untilReady(start.stdout, start);
  const endpoint = `http://localhost:${console}`;
  const orders: RunningConsole['orders'] = async (...command) => {
    const { stdout } = await execa(process.execPath, ['bin/orders.ts', ...command], options);
    return stdout.split('\n');
  };
  return {
    endpoint,
    orders,
    open: async (page) => {
      const [path = ''] = (await orders('console', '--no-open')).slice(-1);
      await page.goto(pathToFileURL(path.trim()).href);
      await page.getByText('experiments allowed').waitFor();
    },
    stop: async () => {
      start.kill('SIGINT');
      await start;
      await rm(directory, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function untilReady(output: Readable, ended: Promise<{ readonly all: string }>): Promise<void> {
  const { promise: ready, resolve } = Promise.withResolvers<'ready'>();
  createInterface(output).on('line', (line) => {
    if (line.startsWith('Ready')) resolve('ready');
  });
  const first = await Promise.race([ready, ended]);
  if (first !== 'ready') throw new Error(`The environment ended before it was ready:\n${first.all}`);
}
