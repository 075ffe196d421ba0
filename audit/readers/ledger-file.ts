import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import * as z from 'zod/mini';
import type { LedgerLine } from '../ports.ts';

const ledgerLine = z.object({
  partition: z.int().check(z.minimum(0)),
  offset: z.int().check(z.minimum(0)),
  sha256: z.string().check(z.regex(/^[0-9a-f]{64}$/)),
});

/**
 * Reads a ledger: one JSON object a line, as `orders produce --ledger` writes it.
 *
 * @throws {Error} that names the invalid line.
 */
export async function* readLedgerFile(path: string): AsyncGenerator<LedgerLine> {
  let number = 0;
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    number += 1;
    if (line.trim() === '') continue;
    const parsed = ledgerLine.safeParse(parse(line));
    if (!parsed.success) throw new Error(notALedger(path, number));
    yield parsed.data;
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}

function notALedger(path: string, number: number): string {
  return (
    `Line ${number} of ${path} is not a ledger entry: it needs partition, offset and sha256. ` +
    'Give the file that `orders produce --ledger` wrote.'
  );
}
