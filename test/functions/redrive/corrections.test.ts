import { describe, expect, test } from '@jest/globals';
import { processOrderEvents as bill } from '../../../functions/billing/process-order-events.ts';
import { processOrderEvents as reserve } from '../../../functions/inventory/process-order-events.ts';
import type { OrderPlaced, ReceivedEvent } from '../../../functions/kernel/order-event.ts';
import type { ConsumerOutcome } from '../../../functions/kernel/record-outcome.ts';
import { InMemoryInvoiceBook } from '../billing/in-memory-invoice-book.ts';
import { InMemoryStockBook } from '../inventory/in-memory-stock-book.ts';
import { World } from '../notifications/world.ts';
import { AMPLE_TIME, aPlaced, aRecord } from '../received-events.ts';

const original = placed({ eventId: 'placed-1', totalMinor: 200 });
const correction = placed({ eventId: 'correction-1', corrects: 'placed-1', totalMinor: 250 });
const secondCorrection = placed({ eventId: 'correction-2', corrects: 'placed-1', totalMinor: 300 });

function placed(overrides: Partial<OrderPlaced>): ReceivedEvent {
  return aPlaced({ customer: { email: 'ada@example.com' }, ...overrides });
}

/** One of the three groups with an empty memory: how it takes an event, and how often the order has its effect there. */
interface Group {
  readonly name: string;
  readonly deliver: (event: ReceivedEvent) => Promise<ConsumerOutcome | undefined>;
  /** What it says of an event that had its effect. */
  readonly processed: ConsumerOutcome;
  readonly effects: () => number;
}

function groups(): readonly Group[] {
  const book = new InMemoryInvoiceBook();
  const stock = new InMemoryStockBook({ apple: 10 });
  const customers = new World();
  const pacing = { pause: () => Promise.resolve(), random: () => 0.5 };
  return [
    {
      name: 'billing',
      deliver: async (event) => (await bill(book)([aRecord(event)], AMPLE_TIME))[0],
      processed: { kind: 'processed', effect: 'invoice' },
      effects: () => book.invoicesWritten,
    },
    {
      name: 'inventory',
      deliver: async (event) => (await reserve({ book: stock, pacing })([aRecord(event)], AMPLE_TIME))[0],
      processed: { kind: 'processed' },
      effects: () => (stock.stock.get('apple')?.reserved ?? 0) / 2,
    },
    {
      name: 'notifications',
      deliver: (event) => customers.deliver(event),
      processed: { kind: 'processed' },
      effects: () => customers.emails.length,
    },
  ];
}

/** Stands for what each group says of an event that had its effect. */
const processed = { kind: 'processed' };
const corrected = { kind: 'skipped', reason: 'corrected' };

describe.each(groups().map(({ name }) => name))('a correction in %s', (name) => {
  test.each([
    {
      story: 'does nothing where the original was applied',
      events: [original, correction],
      outcomes: [processed, corrected],
    },
    { story: 'takes effect where the original did not', events: [correction], outcomes: [processed] },
    {
      story: 'leaves nothing to do to the original that comes later',
      events: [correction, original],
      outcomes: [processed, corrected],
    },
    {
      story: 'leaves nothing to do to another correction',
      events: [correction, secondCorrection],
      outcomes: [processed, corrected],
    },
    {
      story: 'is a duplicate when it comes again',
      events: [correction, correction],
      outcomes: [processed, { kind: 'duplicate' }],
    },
  ])('$story, and the effect happens once', async ({ events, outcomes }) => {
    const group = groups().find((one) => one.name === name);

    const found: unknown[] = [];
    for (const event of events) found.push(await group?.deliver(event));

    expect(found).toEqual(outcomes.map((one) => (one === processed ? group?.processed : one)));
    expect(group?.effects()).toBe(1);
  });
});
