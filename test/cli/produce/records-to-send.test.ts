import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { newRun, recordsToSend } from '../../../cli/produce/records-to-send.ts';

describe('records to send', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'records-to-send-'));
  });

  afterEach(async () => {
    await rm(directory, { recursive: true });
  });

  test('come from the file when one is given', async () => {
    const file = join(directory, 'orders.jsonl');
    await writeFile(file, '{"order_id":"1"}\n{"order_id":"2"}\n');

    const { records, expected } = await recordsToSend({ file, count: 10 });

    expect([...records].map(({ key }) => key)).toEqual(['1', '2']);
    expect(expected).toBe(2);
  });

  test('name the file that cannot be read, and why', async () => {
    const file = join(directory, 'none.jsonl');

    const reading = recordsToSend({ file, count: 10 });

    await expect(reading).rejects.toThrow(
      `Cannot read ${file} (ENOENT). Give --file a text file with one JSON event a line.`,
    );
  });

  test('have the same keys for the same seed', async () => {
    const first = await recordsToSend({ count: 3, seed: 7 });

    const second = await recordsToSend({ count: 3, seed: 7 });

    const keys = ['order-s7-1', 'order-s7-2', 'order-s7-3'];
    expect([...first.records].map(({ key }) => key)).toEqual(keys);
    expect([...second.records].map(({ key }) => key)).toEqual(keys);
  });

  test('hold a cancellation under the same key for each order that is cancelled', async () => {
    const { records } = await recordsToSend({ count: 2, seed: 1, cancel: 1 });

    const keys = [...records].map(({ key }) => key);

    expect(keys).toEqual(['order-s1-1', 'order-s1-1', 'order-s1-2', 'order-s1-2']);
  });
});

test('a new run has ids that no other run has', () => {
  const runs = Array.from({ length: 100 }, newRun);

  const ids = new Set(runs.map(({ id }) => id));

  expect(ids.size).toBe(100);
  expect(runs.filter(({ id }) => !/^[0-9a-f]{10}$/.test(id))).toEqual([]);
});
