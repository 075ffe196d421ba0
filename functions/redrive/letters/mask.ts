/** The fields with contact data of a customer, at any depth. */
const CONTACT_FIELDS = new Set(['email', 'phone', 'customer', 'name', 'address']);

const EMAIL = /[^\s"'<>@,;:]+@[^\s"'<>@,;:]+\.[A-Za-z]{2,}/g;
const PHONE = /\+\d[\d ()/-]{5,18}\d/g;
const MASK = '***';

/** The same value with e-mail addresses and phone numbers masked, wherever they stand. */
export function maskContact(value: unknown, isContact = false): unknown {
  if (typeof value === 'string') return isContact ? maskText(value) : maskPatterns(value);
  if (typeof value === 'number') return isContact ? MASK : value;
  if (Array.isArray(value)) return value.map((item) => maskContact(item, isContact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([field, inner]) => [
      maskPatterns(field),
      maskContact(inner, isContact || CONTACT_FIELDS.has(field.toLowerCase())),
    ]),
  );
}

/** For text that may hold anything. */
export function maskPatterns(text: string): string {
  return text
    .replaceAll(EMAIL, (address) => maskText(address))
    .replaceAll(PHONE, (number) => maskText(number));
}

/** Leaves so much that two can be told apart, and nobody is reached. */
function maskText(text: string): string {
  return `${text.slice(0, 1)}${MASK}${text.length > 4 ? text.slice(-2) : ''}`;
}
