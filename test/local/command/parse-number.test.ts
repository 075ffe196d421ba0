import { InvalidArgumentError } from '@commander-js/extra-typings';
import { describe, expect, test } from '@jest/globals';
import { decimalNumber, wholeNumber } from '../../../local/command/parse-number.ts';

describe('a whole number', () => {
  const parse = wholeNumber({ minimum: 1, maximum: 100 });

  test.each([
    ['1', 1],
    ['100', 100],
    ['007', 7],
  ])('can be %s', (text, number) => {
    const parsed = parse(text);

    expect(parsed).toBe(number);
  });

  test.each(['0', '101', '-1', '1.5', '1e2', '0x10', '', ' 5', 'ten', 'NaN', 'Infinity'])(
    'cannot be "%s", and the range is told',
    (text) => {
      expect(() => parse(text)).toThrow(new InvalidArgumentError('Give a whole number from 1 to 100.'));
    },
  );
});

describe('a number that may have decimals', () => {
  const parse = decimalNumber({ minimum: 0, maximum: 1 });

  test.each([
    ['0', 0],
    ['0.25', 0.25],
    ['1.0', 1],
  ])('can be %s', (text, number) => {
    const parsed = parse(text);

    expect(parsed).toBe(number);
  });

  test.each(['1.01', '-0.5', '.5', '5.', '1e-3', '', 'half'])(
    'cannot be "%s", and the range is told',
    (text) => {
      expect(() => parse(text)).toThrow(new InvalidArgumentError('Give a number from 0 to 1.'));
    },
  );
});
