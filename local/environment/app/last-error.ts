import { open } from 'node:fs/promises';

/** The number of bytes to read from the end of a log. */
const TAIL_BYTES = 64 * 1024;
const CHARACTERS_SHOWN = 300;
const TELLS_OF_AN_ERROR = /\b(ERROR|CRITICAL|WARNING|Error|Exception|No module named|not found|failed)\b/;

/** Reads the last line of a log that reports an error, shortened; undefined when there is no such line or no log. */
export async function lastErrorIn(file: string): Promise<string | undefined> {
  const text = await tailOf(file).catch(() => '');
  const line = text.split('\n').findLast((one) => TELLS_OF_AN_ERROR.test(one));
  return line?.trim().slice(0, CHARACTERS_SHOWN);
}

async function tailOf(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read({
      buffer: Buffer.alloc(TAIL_BYTES),
      position: Math.max(0, size - TAIL_BYTES),
    });
    return buffer.subarray(0, bytesRead).toString();
  } finally {
    await handle.close();
  }
}
