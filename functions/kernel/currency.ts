/*
 * The currencies that money can be paid in, by their minor-unit digits: ISO 4217 list one without funds, metals and
 * test codes (https://www.six-group.com/en/products-services/financial-information/data-standards.html).
 * Kept as data, since an amount must mean the same on every machine, and the digits of `Intl` are those of common use and
 * not ISO's (HUF and IQD have none there).
 */

// prettier-ignore
const WITHOUT_DECIMALS = [
  'BIF', 'CLP', 'DJF', 'GNF', 'ISK', 'JPY', 'KMF', 'KRW', 'PYG', 'RWF', 'UGX', 'VND', 'VUV', 'XAF', 'XOF', 'XPF',
] as const;

// prettier-ignore
const WITH_TWO_DECIMALS = [
  'AED', 'AFN', 'ALL', 'AMD', 'AOA', 'ARS', 'AUD', 'AWG', 'AZN', 'BAM', 'BBD', 'BDT', 'BMD', 'BND', 'BOB', 'BRL',
  'BSD', 'BTN', 'BWP', 'BYN', 'BZD', 'CAD', 'CDF', 'CHF', 'CNY', 'COP', 'CRC', 'CUP', 'CVE', 'CZK', 'DKK', 'DOP',
  'DZD', 'EGP', 'ERN', 'ETB', 'EUR', 'FJD', 'FKP', 'GBP', 'GEL', 'GHS', 'GIP', 'GMD', 'GTQ', 'GYD', 'HKD', 'HNL',
  'HTG', 'HUF', 'IDR', 'ILS', 'INR', 'IRR', 'JMD', 'KES', 'KGS', 'KHR', 'KPW', 'KYD', 'KZT', 'LAK', 'LBP', 'LKR',
  'LRD', 'LSL', 'MAD', 'MDL', 'MGA', 'MKD', 'MMK', 'MNT', 'MOP', 'MRU', 'MUR', 'MVR', 'MWK', 'MXN', 'MYR', 'MZN',
  'NAD', 'NGN', 'NIO', 'NOK', 'NPR', 'NZD', 'PAB', 'PEN', 'PGK', 'PHP', 'PKR', 'PLN', 'QAR', 'RON', 'RSD', 'RUB',
  'SAR', 'SBD', 'SCR', 'SDG', 'SEK', 'SGD', 'SHP', 'SLE', 'SOS', 'SRD', 'SSP', 'STN', 'SVC', 'SYP', 'SZL', 'THB',
  'TJS', 'TMT', 'TOP', 'TRY', 'TTD', 'TWD', 'TZS', 'UAH', 'USD', 'UYU', 'UZS', 'VED', 'VES', 'WST', 'XCD', 'XCG',
  'YER', 'ZAR', 'ZMW', 'ZWG',
] as const;

const WITH_THREE_DECIMALS = ['BHD', 'IQD', 'JOD', 'KWD', 'LYD', 'OMR', 'TND'] as const;

export const CURRENCY_CODES = [...WITHOUT_DECIMALS, ...WITH_TWO_DECIMALS, ...WITH_THREE_DECIMALS] as const;

/** An ISO 4217 code that money can be paid in, such as `EUR`. */
export type CurrencyCode = (typeof CURRENCY_CODES)[number];

const KNOWN_CODES: ReadonlySet<string> = new Set(CURRENCY_CODES);
const CODES_WITHOUT_DECIMALS: ReadonlySet<string> = new Set(WITHOUT_DECIMALS);
const CODES_WITH_THREE_DECIMALS: ReadonlySet<string> = new Set(WITH_THREE_DECIMALS);

export function isCurrencyCode(value: string): value is CurrencyCode {
  return KNOWN_CODES.has(value);
}

/** How many decimals an amount in major units has: 0, 2 or 3. */
export function minorUnitDigits(currency: CurrencyCode): number {
  if (CODES_WITHOUT_DECIMALS.has(currency)) return 0;
  return CODES_WITH_THREE_DECIMALS.has(currency) ? 3 : 2;
}
