import { expect, test } from '@jest/globals';
import { AttemptBook } from '../../../../functions/kafka/attempts/attempt-book.ts';
import { inMemoryAttempts } from './in-memory-attempts.ts';

const RECORD = { topic: 'order-events', partition: 0, offset: 7 };

/** A book whose pauses pass at once and are noted; the memory comes back after so many of them. */
function aBook({ backAfterPauses = Number.POSITIVE_INFINITY } = {}) {
  const memory = inMemoryAttempts();
  const pauses: number[] = [];
  const book = new AttemptBook(memory, {
    pause: (ms) => {
      pauses.push(ms);
      if (pauses.length >= backAfterPauses) memory.away = false;
      return Promise.resolve();
    },
    random: () => 1,
  });
  return { memory, pauses, book };
}

/** Ten seconds, of which each look takes half a second. */
function aDeadline() {
  let remaining = 10_000;
  return { remainingMs: () => (remaining -= 500) };
}

test('an attempt that ended is taken back again and again, with longer pauses, until the memory answers', async () => {
  const { memory, pauses, book } = aBook({ backAfterPauses: 3 });
  await book.begin(RECORD, 'a');
  memory.away = true;

  await book.end(RECORD, 'a', aDeadline());

  expect(pauses).toEqual([40, 80, 160]);
  expect(memory.noted.get(7)).toEqual(new Set());
});

test('an attempt that could not be taken back in time is taken back before the next one begins', async () => {
  const { memory, book } = aBook();
  await book.begin(RECORD, 'a');
  memory.away = true;
  await book.end(RECORD, 'a', aDeadline());
  memory.away = false;

  const noted = await book.begin(RECORD, 'b');

  expect(noted).toBe(1);
  expect(memory.noted.get(7)).toEqual(new Set(['b']));
});

test('no attempt begins while an earlier one cannot be taken back', async () => {
  const { memory, book } = aBook();
  await book.begin(RECORD, 'a');
  memory.away = true;
  await book.end(RECORD, 'a', aDeadline());

  const beginning = book.begin(RECORD, 'b');

  await expect(beginning).rejects.toThrow('the memory is away');
  expect(memory.noted.get(7)).toEqual(new Set(['a']));
});
