import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from '@jest/globals';
import { startChild } from '../../bench/mapping/child.ts';

const PROGRAM = 'console.log(process.argv[2], process.env.COLOUR); setInterval(() => {}, 1_000);';
const LOOK_EVERY_MS = 20;

let directory = '';

afterEach(() => rm(directory, { recursive: true }));

test('a competitor of a bench writes what it prints to its log, and ends when it is stopped', async () => {
  directory = await mkdtemp(join(tmpdir(), 'bench-child-'));
  const path = join(directory, 'program.mjs');
  const log = join(directory, 'log');
  await writeFile(path, PROGRAM);

  const child = startChild({ path, arguments: ['hello'], environment: { COLOUR: 'red' }, log });
  while ((await readFile(log, 'utf8')) === '') await pause(LOOK_EVERY_MS);
  const printed = await readFile(log, 'utf8');
  await child.stop();

  expect({ printed, usage: child.usage().length }).toEqual({ printed: 'hello red\n', usage: 0 });
});
