/** The ISO 4217 currencies whose amounts do not have two decimals. */
const NO_DECIMALS = new Set('BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF'.split(' '));
const THREE_DECIMALS = new Set('BHD IQD JOD KWD LYD OMR TND'.split(' '));

/** A JSON number carries 15 decimal digits without loss. */
const MOST_MINOR = 1e15 - 1;

function decimalsOf(currency: string): number {
  if (NO_DECIMALS.has(currency)) return 0;
  return THREE_DECIMALS.has(currency) ? 3 : 2;
}

/** Converts an amount in major units to minor units; undefined when the currency cannot express it. */
export function minorUnits(amount: number, currency: string): number | undefined {
  const decimals = decimalsOf(currency);
  const text = String(amount);
  if (!/^\d+(\.\d+)?$/.test(text)) return undefined;
  const [whole = '', fraction = ''] = text.split('.');
  if (fraction.length > decimals) return undefined;
  const minor = Number(whole + fraction + '0'.repeat(decimals - fraction.length));
  return minor > MOST_MINOR ? undefined : minor;
}

/** Formats minor units for customers: `1999` of EUR as `19.99 EUR`. */
export function amountText(minor: number, currency: string): string {
  const decimals = decimalsOf(currency);
  if (decimals === 0) return `${minor} ${currency}`;
  const digits = String(minor).padStart(decimals + 1, '0');
  const point = digits.length - decimals;
  return `${digits.slice(0, point)}.${digits.slice(point)} ${currency}`;
}
