import type { CurrencyCode } from '../kernel/currency.ts';
import type { OrderPlacedWire } from '../kernel/order-event-schema.ts';

const ARTICLES = 20;
const PRICE_STEP_MINOR = 250;
const MOST_PIECES = 4;

/** The choice of test orders. The orders of one run have ids that no other run uses. */
export interface TestRun {
  /** Part of every order id and e-mail address: at most 47 letters, digits and hyphens. */
  readonly id: string;
  readonly count: number;
  /** The position of the first order in the list of baskets. */
  readonly firstBasket: number;
  readonly currency: CurrencyCode;
  readonly time: Date;
}

/**
 * Orders to try a deployed stage with, as CloudEvents. Nothing in them is random: order number n of a run is always the
 * same but for its time, so that services know it again.
 *
 * They change no real stock and reach nobody: they use SKUs that no stock table contains, no order has a phone
 * number, and the e-mail addresses belong to the mailbox simulator, which accepts everything and does not affect the
 * sender's reputation.
 * @see https://docs.aws.amazon.com/ses/latest/dg/send-an-email-from-console.html
 */
export function testOrders(run: TestRun): readonly OrderPlacedWire[] {
  return Array.from({ length: run.count }, (_, index) => testOrder(run, index));
}

function testOrder({ id, firstBasket, currency, time }: TestRun, index: number): OrderPlacedWire {
  const orderId = `test-${id}-${index + 1}`;
  const line = basket(firstBasket + index);
  return {
    specversion: '1.0',
    id: `${orderId}-placed`,
    source: '/order-events/order-producer',
    type: 'order.placed',
    subject: orderId,
    time: time.toISOString(),
    datacontenttype: 'application/json',
    dataschema: 'urn:order-events:order.placed:1.0',
    data: {
      customer: { email: `success+${orderId}@simulator.amazonses.com` },
      lines: [line],
      currency,
      total: line.quantity * line.unitPrice,
    },
  };
}

function basket(number: number): OrderPlacedWire['data']['lines'][number] {
  const article = 1 + (number % ARTICLES);
  return {
    sku: `test-article-${article}`,
    quantity: 1 + (number % MOST_PIECES),
    unitPrice: article * PRICE_STEP_MINOR,
  };
}
