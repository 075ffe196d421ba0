/** An order.placed as a producer sends it; `data` and the attributes can be overridden. */
export function anOrderPlaced(data: object = {}, attributes: object = {}): Record<string, unknown> {
  return {
    specversion: '1.0',
    id: 'evt-1',
    source: '/shop/checkout',
    type: 'order.placed',
    subject: 'order-1',
    time: '2026-11-20T10:15:00+01:00',
    datacontenttype: 'application/json',
    dataschema: 'urn:order-events:order.placed:1.0',
    data: { ...aPlacedOrder(), ...data },
    ...attributes,
  };
}

/** An order.cancelled as a producer sends it. */
export function anOrderCancelled(data: object = {}, attributes: object = {}): Record<string, unknown> {
  return {
    ...anOrderPlaced(),
    id: 'evt-2',
    type: 'order.cancelled',
    dataschema: 'urn:order-events:order.cancelled:1.0',
    data,
    ...attributes,
  };
}

/** One piece of a sku for 1.00. */
export function aLine(overrides: object = {}): Record<string, unknown> {
  return { sku: 'mug', quantity: 1, unitPrice: 100, ...overrides };
}

function aPlacedOrder(): Record<string, unknown> {
  return {
    customer: { email: 'ada@example.com', phone: '+4915112345678' },
    lines: [
      { sku: 'mug', quantity: 2, unitPrice: 850 },
      { sku: 'tea', quantity: 1, unitPrice: 299 },
    ],
    currency: 'EUR',
    total: 1999,
  };
}
