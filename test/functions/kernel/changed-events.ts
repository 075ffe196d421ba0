/** Chooses a number from 0 up to, but without, `count`. */
export type Choose = (count: number) => number;

/** What may stand in the place of a part: of every type, at and beyond every limit, nearly of a shape and of it. */
const PARTS: readonly unknown[] = [
  null,
  true,
  0,
  -0,
  -1,
  1,
  1.5,
  2,
  999_999,
  1_000_000,
  1_000_001,
  1_000_000_000,
  1_000_000_001,
  Number.MAX_SAFE_INTEGER,
  Number.MAX_SAFE_INTEGER + 1,
  1e300,
  '',
  'a',
  ' ',
  '-a',
  'a#b',
  'ä',
  '1.0',
  '1.1',
  'order.placed',
  'order.cancelled',
  'application/json',
  'EUR',
  'eur',
  'XXX',
  'a'.repeat(64),
  'a'.repeat(65),
  'a'.repeat(128),
  'a'.repeat(129),
  'a'.repeat(500),
  'a'.repeat(501),
  'a'.repeat(2048),
  'a'.repeat(2049),
  'ada@example.com',
  'ada@',
  `${'a'.repeat(242)}@example.com`,
  `${'a'.repeat(243)}@example.com`,
  '+4915112345678',
  '+0',
  '+1234567',
  '2026-11-21T08:00:00Z',
  '2026-11-21T08:00:00.123+01:00',
  '2026-02-29T08:00:00Z',
  '2028-02-29T08:00:00Z',
  '2026-11-21T08:00Z',
  '2026-11-21',
  'urn:order-events:order.placed:1.0',
  'urn:order-events:order.placed:1.123456',
  'urn:order-events:order.cancelled:1.7',
  [],
  {},
  [[]],
  [{ sku: 'a', quantity: 1, unitPrice: 0 }],
  linesOf(99, 99),
  linesOf(100, 100),
  linesOf(200, 50),
  linesOf(201, 50),
];

function linesOf(count: number, skus: number): unknown {
  return Array.from({ length: count }, (_, index) => ({
    sku: `s${index % skus}`,
    quantity: 1,
    unitPrice: 0,
  }));
}

/** Events with up to three changes each: a part replaced, left out or added. A total is often mended afterwards. */
export function* changedEvents(event: unknown, count: number, choose: Choose): Generator {
  for (let number = 0; number < count; number += 1) {
    const changed: unknown = structuredClone(event);
    for (let left = choose(4); left > 0; left -= 1) changePart(changed, choose);
    if (choose(2) === 0) mendTotal(changed);
    yield changed;
  }
}

function changePart(value: unknown, choose: Choose): void {
  const holders = holdersIn(value);
  const holder = holders[choose(holders.length)];
  if (holder === undefined) return;
  const names = Object.keys(holder);
  const name = choose(8) === 0 ? 'other' : (names[choose(names.length)] ?? 'other');
  if (choose(6) === 0) Reflect.deleteProperty(holder, name);
  else Reflect.set(holder, name, structuredClone(PARTS[choose(PARTS.length)]));
}

function holdersIn(value: unknown): readonly object[] {
  if (typeof value !== 'object' || value === null) return [];
  return [value, ...Object.values(value).flatMap(holdersIn)];
}

function mendTotal(value: unknown): void {
  const data = at(value, 'data');
  const lines = at(data, 'lines');
  if (typeof data !== 'object' || data === null || !Array.isArray(lines)) return;
  const sum = lines.reduce(
    (total: number, line) => total + Number(at(line, 'quantity')) * Number(at(line, 'unitPrice')),
    0,
  );
  Reflect.set(data, 'total', sum);
}

function at(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;
}
