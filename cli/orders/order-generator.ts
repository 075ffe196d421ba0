import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { RandomGenerator } from 'pure-rand/types/RandomGenerator';
import { CATALOGUE, CATALOGUE_CURRENCY, type Product } from './catalogue.ts';
import type {
  OrderCancelledWire,
  OrderEventWire,
  OrderPlacedWire,
} from '../../functions/kernel/order-event-schema.ts';

const SOURCE = '/order-events/cli';
const MOST_LINES = 3;
const MOST_PIECES = 4;
const FIRST_NAMES = [
  'ada',
  'alan',
  'barbara',
  'donald',
  'frances',
  'grace',
  'katherine',
  'ken',
  'leslie',
  'margaret',
];
const LAST_NAMES = [
  'adams',
  'becker',
  'costa',
  'dubois',
  'evans',
  'fischer',
  'garcia',
  'haddad',
  'ito',
  'jansen',
];

/**
 * Mobile numbers that Ofcom keeps out of use, for fiction: 07700 900000 to 900999.
 *
 * @see https://www.ofcom.org.uk/phones-and-broadband/phone-numbers/numbers-for-drama
 */
const FICTIONAL_PHONES = { prefix: '+447700900', count: 1_000 };

/** Whose ids and whose choices the orders get: the same run makes the same orders. */
export interface Run {
  /** Part of every order id, event id and e-mail address: 1 to 20 letters and digits. */
  readonly id: string;
  /** A 32-bit whole number. */
  readonly seed: number;
}

/** The run of a seed that somebody chose: the same orders each time, so that services see known ids again. */
export function runOfSeed(seed: number): Run {
  return { id: `s${seed}`, seed };
}

/** The first orders of a run; order number n of a run is always the same, but for its time. */
export function* generateOrders({ run, count, now }: OrdersOfRun): Generator<OrderPlacedWire> {
  const random = xoroshiro128plus(run.seed);
  const firstPhone = uniformInt(random, 0, FICTIONAL_PHONES.count - 1);
  for (let number = 1; number <= count; number += 1) {
    yield placedEvent({ run, number, phone: phoneNumber(firstPhone + number) }, random, now());
  }
}

export interface OrdersOfRun {
  readonly run: Run;
  readonly count: number;
  /** Asked once for each event. */
  readonly now: () => Date;
}

/**
 * Orders, of which a share (0 to 1) is cancelled again right after. Which ones, is up to the run too.
 */
export function* withCancellations(
  orders: Iterable<OrderPlacedWire>,
  { run, share, now }: { readonly run: Run; readonly share: number; readonly now: () => Date },
): Generator<OrderEventWire> {
  const random = xoroshiro128plus(~run.seed);
  for (const order of orders) {
    yield order;
    if (uniformFloat64(random) < share) yield cancelledEvent(order, now());
  }
}

interface OrderOfRun {
  readonly run: Run;
  /** Counts from 1. */
  readonly number: number;
  readonly phone: string;
}

function placedEvent(
  { run, number, phone }: OrderOfRun,
  random: RandomGenerator,
  time: Date,
): OrderPlacedWire {
  const orderId = `order-${run.id}-${number}`;
  const name = `${pick(FIRST_NAMES, random)}.${pick(LAST_NAMES, random)}`;
  const lines = orderLines(random);
  return {
    ...envelope(`${orderId}-placed`, orderId, time),
    type: 'order.placed',
    dataschema: 'urn:order-events:order.placed:1.0',
    data: {
      customer: { email: `${name}.${run.id}-${number}@example.com`, phone },
      lines,
      currency: CATALOGUE_CURRENCY,
      total: lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0),
    },
  };
}

function cancelledEvent({ subject }: OrderPlacedWire, time: Date): OrderCancelledWire {
  return {
    ...envelope(`${subject}-cancelled`, subject, time),
    type: 'order.cancelled',
    dataschema: 'urn:order-events:order.cancelled:1.0',
    data: { reason: 'changed my mind' },
  };
}

function envelope(id: string, orderId: string, time: Date) {
  return {
    specversion: '1.0',
    id,
    source: SOURCE,
    subject: orderId,
    time: time.toISOString(),
    datacontenttype: 'application/json',
  } as const;
}

function orderLines(random: RandomGenerator): OrderPlacedWire['data']['lines'] {
  const count = uniformInt(random, 1, MOST_LINES);
  return pickDifferent(CATALOGUE, count, random).map(({ sku, unitPriceMinor }) => ({
    sku,
    quantity: uniformInt(random, 1, MOST_PIECES),
    unitPrice: unitPriceMinor,
  }));
}

function pickDifferent(products: readonly Product[], count: number, random: RandomGenerator): Product[] {
  if (count === 0) return [];
  const picked = pick(products, random);
  const others = products.filter((product) => product !== picked);
  return [picked, ...pickDifferent(others, count - 1, random)];
}

function pick<T>(items: readonly T[], random: RandomGenerator): T {
  const item = items[uniformInt(random, 0, items.length - 1)];
  if (item === undefined) throw new RangeError('Cannot pick from nothing.');
  return item;
}

function phoneNumber(number: number): string {
  return FICTIONAL_PHONES.prefix + String(number % FICTIONAL_PHONES.count).padStart(3, '0');
}
