import { expect, test } from '@jest/globals';
import { TextNumbers } from '../../../audit/history/text-numbers.ts';

test('each text has one number, by which it is found again, as in a Map', () => {
  const numbers = new TextNumbers();
  const expected = new Map<string, number>();
  // Enough to let the index grow several times, and each text twice.
  const texts = Array.from({ length: 10_000 }, (_, index) => `order-€-${(index * 7_919) % 5_000}`);

  for (const text of ['', ...texts]) {
    if (!expected.has(text)) expected.set(text, expected.size);
    numbers.numberOf(text);
  }

  const differing = [...expected].filter(
    ([text, number]) => numbers.find(text) !== number || numbers.textOf(number) !== text,
  );
  expect([differing, numbers.count, numbers.find('unknown'), numbers.textOf(numbers.count)]).toEqual([
    [],
    5_001,
    undefined,
    '',
  ]);
});

test('texts continue in the next chunk when one is full, even those longer than a chunk', () => {
  const numbers = new TextNumbers();
  const texts = ['x'.repeat(2_000_000), ...Array.from('abcd', (letter) => letter.repeat(400_000))];

  for (const text of texts) numbers.numberOf(text);

  expect(
    texts.filter((text, index) => numbers.textOf(index) !== text || numbers.find(text) !== index),
  ).toEqual([]);
});
