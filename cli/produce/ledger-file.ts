import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import type { Sent } from '@order-events/kafka-tools';
import { parseJson } from '../parse-json.ts';

/** Keeps what the brokers acknowledged, so that an audit can compare it with what became of it. */
export interface LedgerFile {
  readonly append: (sent: readonly Sent[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a ledger; a file that is there already gets longer, so that several runs can share one. */
export async function openLedgerFile(path: string): Promise<LedgerFile> {
  const file = await openToAppend(path);
  return {
    append: (sent) => file.appendFile(sent.map(ledgerLine).join('')),
    close: () => file.close(),
  };
}

/** One JSON object: where the event is, whose it is, and the SHA-256 of its bytes. */
export function ledgerLine({ record: { key, value }, partition, offset }: Sent): string {
  const sha256 = createHash('sha256').update(value).digest('hex');
  const line = { key: key ?? null, eventId: eventIdOf(value), partition, offset, sha256 };
  return `${JSON.stringify(line)}\n`;
}

/** Null for what has no event id, such as the shortest order. */
function eventIdOf(value: string): string | null {
  const event: unknown = parseJson(value);
  const id: unknown = typeof event === 'object' && event !== null ? Reflect.get(event, 'id') : undefined;
  return typeof id === 'string' ? id : null;
}

async function openToAppend(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'a');
  } catch (cause) {
    throw new Error(`Cannot write the ledger ${path}. Choose a file in an existing folder.`, {
      cause,
    });
  }
}
