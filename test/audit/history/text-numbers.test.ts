import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { TextNumbers } from '../../../audit/history/text-numbers.ts';

test('each text has one number, by which it is found again, as in a Map', () => {
  fc.assert(
    fc.property(
      fc.array(fc.string({ unit: 'binary', maxLength: 8 }), { minLength: 700, maxLength: 900 }),
      (texts) => {
        const numbers = new TextNumbers();
        const expected = new Map<string, number>();
        const wellFormed = texts.map((text) => text.toWellFormed());

        for (const text of wellFormed) {
          if (!expected.has(text)) expected.set(text, expected.size);
          numbers.numberOf(text);
        }

        expect(wellFormed.map((text) => numbers.find(text))).toEqual(
          wellFormed.map((text) => expected.get(text)),
        );
        expect([...expected].map(([, number]) => numbers.textOf(number))).toEqual([...expected.keys()]);
        expect(numbers.count).toBe(expected.size);
      },
    ),
    { numRuns: 5 },
  );
});

test('texts go on where a piece of memory is full, also those that are longer than one', () => {
  const numbers = new TextNumbers();
  const long = 'x'.repeat(2_000_000);
  const texts = Array.from({ length: 25_000 }, (_, index) => `order-${index}-${'y'.repeat(30)}`);

  for (const text of [long, ...texts]) numbers.numberOf(text);

  expect(numbers.textOf(0)).toBe(long);
  expect(texts.every((text, index) => numbers.textOf(index + 1) === text)).toBe(true);
  expect(numbers.find('unknown')).toBeUndefined();
});
