import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';

import { startEngine, type EngineCommand } from '../../../local/engines/engine-process.ts';

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'engine-process-'));
});

afterEach(() => rm(directory, { recursive: true }));

/** An engine that is a piece of JavaScript, and is ready once its log says so. */
function command(code: string, overrides: Partial<EngineCommand> = {}): EngineCommand {
  const logFile = join(directory, 'logs', 'engine.log');
  return {
    name: 'Test engine',
    endpoint: '127.0.0.1:1',
    file: process.execPath,
    args: ['-e', code],
    environment: {},
    logFile,
    isReady: async () => (await readFile(logFile, 'utf8')).includes('ready'),
    startTimeoutMs: 10_000,
    ...overrides,
  };
}

const SERVES = "console.log('ready', process.env.SETTING); setInterval(() => {}, 1000);";

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

describe('startEngine', () => {
  test('resolves once the engine is ready, with its settings in its environment', async () => {
    const engine = await startEngine(command(SERVES, { environment: { SETTING: 'given' } }));

    const log = await readFile(join(directory, 'logs', 'engine.log'), 'utf8');
    await engine.stop();

    expect(log).toBe('ready given\n');
    expect({ name: engine.name, endpoint: engine.endpoint }).toEqual({
      name: 'Test engine',
      endpoint: '127.0.0.1:1',
    });
  });

  test('stops the process, allows a second call, and returns its exit', async () => {
    const engine = await startEngine(command(SERVES));

    await Promise.all([engine.stop(), engine.stop()]);

    expect(isAlive(engine.pid)).toBe(false);
    await expect(engine.exited).resolves.toEqual({ code: null, signal: 'SIGTERM' });
  });

  test('returns the exit of an engine that nobody stopped', async () => {
    const engine = await startEngine(command(SERVES));

    process.kill(engine.pid, 'SIGKILL');

    await expect(engine.exited).resolves.toEqual({ code: null, signal: 'SIGKILL' });
  });

  test('reports the exit and the last lines of an engine that ends while it starts', async () => {
    const failing = command("console.error('the port is taken'); process.exit(3);");

    await expect(startEngine(failing)).rejects.toThrow(
      /^Test engine did not start: it ended with exit code 3\. Log .*engine\.log ends with:\nthe port is taken$/,
    );
  });

  test('stops an engine that does not become ready in time', async () => {
    const silent = command('console.log(process.pid); setInterval(() => {}, 1000);', {
      startTimeoutMs: 500,
    });

    await expect(startEngine(silent)).rejects.toThrow(
      'Test engine did not start: no answer from 127.0.0.1:1 within 0.5 s',
    );

    const pid = Number(await readFile(silent.logFile, 'utf8'));
    expect(pid).toBeGreaterThan(0);
    expect(isAlive(pid)).toBe(false);
  });

  test('does not take another server on its port for an engine that has ended', async () => {
    const seenGone: boolean[] = [];
    const failing = command('console.log(process.pid);', {
      isReady: async () => {
        const pid = Number(await readFile(failing.logFile, 'utf8'));
        seenGone.push(pid > 0 && !isAlive(pid));
        return seenGone.at(-2) === true;
      },
    });

    await expect(startEngine(failing)).rejects.toThrow('it ended with exit code 0');
  });

  test('names the command that cannot be run', async () => {
    const missing = command('', { file: '/nonexistent/java' });

    await expect(startEngine(missing)).rejects.toThrow(/^Test engine cannot be run: .*\/nonexistent\/java/);
  });
});
