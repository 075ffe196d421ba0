import type { RecordToSend } from '@order-events/kafka-tools';
import { isShortestOrder } from '../../functions/kernel/shortest-order.ts';
import { byteLength } from './chunk-records.ts';
import { parseJson } from '../parse-json.ts';

const MOST_NAMED_LINES = 5;
const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const BLANKS = new Set([0x20, 0x09, CARRIAGE_RETURN]);

/** The size of a record besides its key and value: its share of the batch, its header, lengths and a timestamp. */
const FRAMING_BYTES = 256;

/** The byte order marks that editors write: the first of UTF-8, the others of UTF-16. */
const BYTE_ORDER_MARKS = [
  [0xef, 0xbb, 0xbf],
  [0xff, 0xfe],
  [0xfe, 0xff],
] as const;

interface Line {
  readonly number: number;
  readonly bytes: Buffer;
}

/**
 * Reads a file with one JSON event a line; each becomes a record with the bytes of the line as they are. Empty lines are
 * skipped. The key is the order's id where the services look for it: `order_id` of the shortest order, `subject` of a
 * CloudEvent.
 *
 * @param mostBytes - what the topic takes of a record with all that belongs to it.
 * @throws {Error} that names the lines which cannot be sent, before any is; their text is not quoted.
 */
export function parseEventsFile(content: Buffer, mostBytes: number): readonly RecordToSend[] {
  if (BYTE_ORDER_MARKS.some((mark) => content.subarray(0, mark.length).equals(Buffer.from(mark)))) {
    throw new Error(
      'Line 1 begins with a byte order mark, which JSON does not allow: save the file as UTF-8 without one; nothing was sent.',
    );
  }
  const lines = linesOf(content).filter(({ bytes }) => !bytes.every((byte) => BLANKS.has(byte)));
  if (lines.length === 0) throw new Error('The file contains no events. Put one JSON event on each line.');
  const texts = lines.map(({ number, bytes }) => ({ number, text: textOf(bytes) }));
  refuse(texts, ({ text }) => text === undefined, 'not UTF-8. Save the file as UTF-8; nothing was sent.');
  const events = texts.map(({ number, text = '' }) => ({ number, text, event: parseJson(text) }));
  refuse(
    events,
    ({ event }) => event === undefined,
    'not JSON. Put one JSON event on each line; nothing was sent.',
  );
  const records = events.map(({ number, text, event }) => ({ number, key: keyOf(event), value: text }));
  requireSizes(records, mostBytes - FRAMING_BYTES);
  return records.map(({ key, value }) => ({ key, value }));
}

/** Lines by number from 1, without what ends them. */
function linesOf(content: Buffer): readonly Line[] {
  const lines: Line[] = [];
  for (let start = 0; start < content.length;) {
    const feed = content.indexOf(LINE_FEED, start);
    const next = feed === -1 ? content.length : feed + 1;
    const end = feed === -1 ? content.length : feed;
    const last = content[end - 1] === CARRIAGE_RETURN && end > start ? end - 1 : end;
    lines.push({ number: lines.length + 1, bytes: content.subarray(start, last) });
    start = next;
  }
  return lines;
}

/** Undefined for what is not UTF-8: a lenient decoder would replace it, and another event would be sent. */
function textOf(bytes: Buffer): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/** Under another key than the services' own idea of the order, its events would be in two partitions, in no order. */
function keyOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null) return undefined;
  const { subject, order_id: orderId } = event as { readonly subject?: unknown; readonly order_id?: unknown };
  const key = isShortestOrder(event) ? orderId : subject;
  return typeof key === 'string' || typeof key === 'number' ? String(key) : undefined;
}

interface NumberedRecord extends RecordToSend {
  readonly number: number;
}

/** @throws {Error} when a key and value together are larger than the topic takes. */
function requireSizes(records: readonly NumberedRecord[], mostBytes: number): void {
  const tooLarge = records
    .map((record) => ({ number: record.number, bytes: byteLength(record) }))
    .filter(({ bytes }) => bytes > mostBytes);
  const [first] = tooLarge;
  if (first === undefined) return;
  const others = tooLarge.length === 1 ? '' : `, and so are ${tooLarge.length - 1} more`;
  throw new Error(
    `Line ${first.number} is too large: ${first.bytes} bytes with its key, and the topic accepts ${mostBytes}${others}. ` +
      'Make it shorter; nothing was sent.',
  );
}

/** @throws {Error} that names the lines which are what they must not be. */
function refuse<L extends { readonly number: number }>(
  lines: readonly L[],
  isBad: (line: L) => boolean,
  what: string,
): void {
  const numbers = lines.filter(isBad).map(({ number }) => number);
  if (numbers.length > 0) throw new Error(`${linesText(numbers)} ${what}`);
}

function linesText(numbers: readonly number[]): string {
  const more = numbers.length - MOST_NAMED_LINES;
  const named = numbers.slice(0, MOST_NAMED_LINES).join(', ');
  if (numbers.length === 1) return `Line ${named} is`;
  return more > 0 ? `Lines ${named} and ${more} more are` : `Lines ${named} are`;
}
