import type { RecordToSend } from '@order-events/kafka-tools';

const MOST_NAMED_LINES = 5;

/**
 * Reads a file with one JSON event a line; each becomes a record with the line as it is. Empty lines are skipped.
 * The key is the event's `subject` (CloudEvents) or its `order_id` (the shortest order).
 *
 * @throws {Error} that names the lines which are not JSON; their text is not quoted.
 */
export function parseEventsFile(text: string): readonly RecordToSend[] {
  const lines = text
    .split('\n')
    .map((line, index) => ({ number: index + 1, text: line.replace(/\r$/, '') }))
    .filter((line) => line.text.trim() !== '')
    .map(({ number, text: line }) => ({ number, line, event: parseJson(line) }));
  const broken = lines.filter(({ event }) => event === undefined).map(({ number }) => number);
  if (broken.length > 0) {
    throw new Error(`${linesText(broken)} not JSON. Put one JSON event on each line; nothing was sent.`);
  }
  if (lines.length === 0) throw new Error('The file holds no events. Put one JSON event on each line.');
  return lines.map(({ line, event }) => ({ key: keyOf(event), value: line }));
}

/** JSON itself never yields `undefined`, so that stands for text which is not JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function keyOf(event: unknown): string | undefined {
  if (typeof event !== 'object' || event === null) return undefined;
  const { subject, order_id: orderId } = event as { readonly subject?: unknown; readonly order_id?: unknown };
  const key = subject ?? orderId;
  return typeof key === 'string' || typeof key === 'number' ? String(key) : undefined;
}

function linesText(numbers: readonly number[]): string {
  const more = numbers.length - MOST_NAMED_LINES;
  const named = numbers.slice(0, MOST_NAMED_LINES).join(', ');
  if (numbers.length === 1) return `Line ${named} is`;
  return more > 0 ? `Lines ${named} and ${more} more are` : `Lines ${named} are`;
}
