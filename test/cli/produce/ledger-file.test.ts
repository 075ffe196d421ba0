import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { readLedgerFile } from '../../../audit/readers/ledger-file.ts';
import { ledgerLine, openLedgerFile } from '../../../cli/produce/ledger-file.ts';

const SENT = { record: { key: 'order-1', value: '{"id":"evt-1"}' }, partition: 3, offset: 42 };

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'ledger-'));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

test('an entry has the position and the id of an event, and nothing of its content', () => {
  const line = JSON.parse(ledgerLine(SENT)) as Record<string, unknown>;

  expect(line).toEqual({
    key: 'order-1',
    eventId: 'evt-1',
    partition: 3,
    offset: 42,
    sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
  });
});

test('an existing ledger is appended to, and the auditor reads it', async () => {
  const path = join(directory, 'ledger.jsonl');
  for (const offset of [1, 2]) {
    const ledger = await openLedgerFile(path);
    await ledger.append([{ ...SENT, offset }]);
    await ledger.close();
  }

  const offsets = await offsetsIn(path);

  expect([offsets, (await readFile(path, 'utf8')).split('\n').length]).toEqual([[1, 2], 3]);
});

test('a file that is not a ledger is rejected with its line', async () => {
  const path = join(directory, 'other.jsonl');
  const ledger = await openLedgerFile(path);
  await ledger.append([SENT]);
  await ledger.append([{ ...SENT, offset: -1 }]);
  await ledger.close();

  const reading = offsetsIn(path);

  await expect(reading).rejects.toThrow(
    `Line 2 of ${path} is not a ledger entry: it needs partition, offset and sha256.`,
  );
});

test('a ledger in a folder that does not exist is refused', async () => {
  const path = join(directory, 'nowhere', 'ledger.jsonl');

  await expect(openLedgerFile(path)).rejects.toThrow(
    `Cannot write the ledger ${path}. Choose a file in an existing folder.`,
  );
});

async function offsetsIn(path: string): Promise<readonly number[]> {
  const offsets: number[] = [];
  for await (const { offset } of readLedgerFile(path)) offsets.push(offset);
  return offsets;
}
