import { expect, test } from '@jest/globals';
import { CURRENCY_CODES, isCurrencyCode, minorUnitDigits } from '../../../functions/kernel/currency.ts';

test('a currency is three letters and listed once, so that it has one number of decimals', () => {
  const malformed = CURRENCY_CODES.filter((code) => !/^[A-Z]{3}$/.test(code));

  expect(malformed).toEqual([]);
  expect(new Set(CURRENCY_CODES).size).toBe(CURRENCY_CODES.length);
});

test.each([
  ['JPY', 0],
  ['XOF', 0],
  ['EUR', 2],
  ['HUF', 2],
  ['KWD', 3],
  ['TND', 3],
] as const)('%s has %d decimals', (code, digits) => {
  expect(minorUnitDigits(code)).toBe(digits);
});

test.each(['', 'eur', 'XXX', 'XAU', 'CLF', 'DEM', 'constructor'])('"%s" is not money to pay with', (code) => {
  expect(isCurrencyCode(code)).toBe(false);
});
