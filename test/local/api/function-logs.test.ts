import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { functionNamed, readLog } from '../../../local/api/function-logs.ts';

describe('a function is found', () => {
  const NAMES = ['app-CountClicks1-x', 'app-Count', 'app-Forward-y', 'app-Forward-y'];

  test.each([
    ['by a part of its name', 'CountClicks', 'app-CountClicks1-x'],
    ['by its name, though another contains it', 'app-Count', 'app-Count'],
    ['though two mappings invoke it', 'Forward', 'app-Forward-y'],
  ])('%s', (_story, text, name) => {
    expect(functionNamed(text, NAMES)).toBe(name);
  });

  test.each([
    [
      'not where none has the text',
      'Clock',
      'No function of a mapping has "Clock" in its name: give one of app-Count, app-CountClicks1-x, app-Forward-y.',
    ],
    [
      'not where several have it',
      'app-C',
      'More than one function of a mapping has "app-C" in its name: give one of app-Count, app-CountClicks1-x.',
    ],
  ])('%s', (_story, text, message) => {
    expect(() => functionNamed(text, NAMES)).toThrow(message);
  });
});

describe("a function's log", () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'logs-'));
    await writeFile(join(folder, 'count.log'), 'START\nEND\n');
  });
  afterAll(() => rm(folder, { recursive: true }));

  test('has a line for each that was written', async () => {
    expect(await readLog(folder, 'count')).toEqual(['START', 'END']);
  });

  test('has none before the first invocation', async () => {
    expect(await readLog(folder, 'forward')).toEqual([]);
  });
});
