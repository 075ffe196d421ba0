/** A record as a careless or hostile producer may send it. */
export interface CraftedRecord {
  /** Such as `F41 truncated`. */
  readonly name: string;
  readonly key: Buffer | null;
  readonly value: Buffer | null;
  readonly headers?: Readonly<Record<string, Buffer>>;
  /** The expected outcome in every group: `parked`, or `taken` as a good event or as an empty one. */
  readonly end: 'parked' | 'taken';
}

/** Characters: the topic takes it, and no order id is as long. */
const LONG = 600_000;
/** Arrays and objects inside each other. */
const DEEP = 10_000;
const LIST = 100_000;

/** Every class of bad record, F41 to F50, one entry each, and the odd but good ones beside them. */
export function craftedRecords(run: string): readonly CraftedRecord[] {
  const parked = (name: string, value: string | Buffer | object): CraftedRecord =>
    crafted(run, { name, value, end: 'parked' });
  const taken = (name: string, value: string | object): CraftedRecord =>
    crafted(run, { name, value, end: 'taken' });
  const id = (name: string): string => orderId(run, name);
  return [
    parked('F41 not JSON', 'order 7'),
    parked('F41 truncated', '{"order_id":'),
    parked('F41 byte order mark', `\uFEFF${JSON.stringify(shortest(id('bom')))}`),
    parked('F41 invalid UTF-8', Buffer.from([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d])),
    parked('F41 NUL', '{"order_id":"\0","amount":1}'),
    parked('F41 lone surrogate', '{"order_id":"\\ud800","amount":1}'),
    parked('F42 missing field', { order_id: id('missing') }),
    parked('F42 null', shortest(id('null'), null)),
    parked('F42 wrong type', shortest(id('wrong'), { value: 1 })),
    parked('F42 unknown type', {
      specversion: '1.0',
      id: 'x',
      source: '/x',
      type: 'order.shipped',
      subject: id('type'),
    }),
    parked('F42 unknown version', {
      ...cloudEvent(id('version')),
      dataschema: 'urn:order-events:order.placed:2.0',
    }),
    { name: 'F43 tombstone', key: Buffer.from(id('tombstone')), value: null, end: 'taken' },
    { name: 'F44 no key', key: null, value: json(shortest(id('no-key'))), end: 'taken' },
    { name: 'F44 empty key', key: Buffer.alloc(0), value: json(shortest(id('empty-key'))), end: 'taken' },
    parked('F45 negative', shortest(id('negative'), -1)),
    parked('F45 not a number', `{"order_id":"${id('nan')}","amount":NaN}`),
    parked('F45 too large', `{"order_id":"${id('large')}","amount":1e308}`),
    parked('F45 too many decimals', shortest(id('decimals'), 10.005)),
    parked('F45 endless', `{"order_id":"${id('endless')}","amount":1e999}`),
    parked('F45 above what a number holds', `{"order_id":"${id('unsafe')}","amount":9007199254740993}`),
    taken('F45 minus nothing', `{"order_id":"${id('minus-zero')}","amount":-0}`),
    parked('F45 no pieces', cloudEvent(id('no-pieces'), { quantity: 0 })),
    parked('F45 part of a piece', cloudEvent(id('part'), { quantity: 1.5 })),
    parked('F45 text', shortest(id('text'), '12.00')),
    taken('F45 nothing to pay', shortest(id('zero'), 0)),
    parked('F46 prototype', `{"__proto__":{"order_id":"${id('proto')}"},"amount":1}`),
    parked('F46 constructor', `{"constructor":{"prototype":{"order_id":"${id('constructor')}"}}}`),
    taken('F46 twice', `{"order_id":"${id('first')}","order_id":"${id('second')}","amount":1}`),
    parked('F47 deep', `${'{"a":'.repeat(DEEP)}1${'}'.repeat(DEEP)}`),
    parked('F47 long', shortest('x'.repeat(LONG))),
    parked('F47 list', JSON.stringify(Array.from({ length: LIST }, () => 1))),
    parked('F48 separator', shortest(`${id('a')}#INVOICE`)),
    parked('F48 path', shortest(`${id('a')}/../b`)),
    parked('F48 newline', shortest(`${id('a')}\nlevel=ERROR`)),
    parked('F48 long id', shortest('i'.repeat(2_048))),
    parked('F49 year', { ...cloudEvent(id('year')), time: '+19999-01-01T00:00:00Z' }),
    parked('F49 currency', { ...cloudEvent(id('currency'), { currency: 'ZZZ' }) }),
    {
      ...taken('F49 header', shortest(id('header'))),
      headers: { 'content-type': Buffer.from([0xff, 0xfe]) },
    },
    parked('F50 script as id', shortest('<script>alert(1)</script>')),
  ];
}

function crafted(
  run: string,
  {
    name,
    value,
    end,
  }: { readonly name: string; readonly value: string | Buffer | object; readonly end: CraftedRecord['end'] },
): CraftedRecord {
  return { name, key: Buffer.from(orderId(run, name)), value: json(value), end };
}

function json(value: string | Buffer | object): Buffer {
  if (Buffer.isBuffer(value)) return value;
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value));
}

function orderId(run: string, name: string): string {
  return `poison-${run}-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
}

function cloudEvent(
  subject: string,
  { currency = 'USD', quantity = 1 }: { readonly currency?: string; readonly quantity?: number } = {},
): object {
  return {
    specversion: '1.0',
    id: `${subject}-placed`,
    source: '/order-events/drill',
    type: 'order.placed',
    subject,
    time: '2026-01-01T12:00:00Z',
    datacontenttype: 'application/json',
    dataschema: 'urn:order-events:order.placed:1.0',
    data: { lines: [{ sku: 'mug', quantity, unitPrice: 100 }], currency, total: 100 * quantity },
  };
}

function shortest(id: string, amount: unknown = 10): object {
  return { order_id: id, amount };
}
