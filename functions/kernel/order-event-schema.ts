import * as z from 'zod/mini';
import { CURRENCY_CODES } from './currency.ts';
import * as limits from './order-event-limits.ts';
import { hasAllowedSkus, hasSummedTotal } from './order-lines.ts';

const id = z.string().check(z.regex(limits.ID_PATTERN));

const customer = z.object({
  email: z.exactOptional(
    z.email({ pattern: z.regexes.html5Email }).check(z.maxLength(limits.MAX_EMAIL_LENGTH)),
  ),
  phone: z.exactOptional(z.e164()),
});

const line = z.object({
  sku: z.string().check(z.regex(limits.SKU_PATTERN)),
  quantity: z.int().check(z.minimum(1), z.maximum(limits.MAX_QUANTITY)),
  unitPrice: z
    .int()
    .check(
      z.minimum(0),
      z.maximum(limits.MAX_UNIT_PRICE_MINOR),
      z.describe('In minor units of the currency.'),
    ),
});

const orderPlacedData = z
  .object({
    customer: z.exactOptional(customer),
    lines: z
      .array(line)
      .check(
        z.minLength(1),
        z.maxLength(limits.MAX_LINES),
        z.describe(`With at most ${limits.MAX_DISTINCT_SKUS} distinct skus; a sku may be on several lines.`),
      ),
    currency: z.enum(CURRENCY_CODES).check(z.describe('ISO 4217.')),
    total: z
      .int()
      .check(
        z.minimum(0),
        z.describe('In minor units of the currency: the sum of quantity times unit price over the lines.'),
      ),
  })
  .check(
    z.refine(hasAllowedSkus, {
      path: ['lines'],
      error: `holds more than ${limits.MAX_DISTINCT_SKUS} distinct skus`,
    }),
    z.refine(hasSummedTotal, { path: ['total'], error: 'is not the sum of the lines' }),
  );

const orderCancelledData = z.object({
  reason: z.exactOptional(
    z.string().check(z.maxLength(limits.MAX_REASON_LENGTH), z.describe('Free text, never interpreted.')),
  ),
});

/** CloudEvents 1.0, structured JSON; unknown attributes and fields are ignored at every level. */
export const orderPlacedSchema = z
  .object({ ...envelope('order.placed'), data: orderPlacedData })
  .check(z.describe('An order was placed. The Kafka key is the order id.'));

/** CloudEvents 1.0, structured JSON; unknown attributes and fields are ignored at every level. */
export const orderCancelledSchema = z
  .object({ ...envelope('order.cancelled'), data: orderCancelledData })
  .check(z.describe('An order was cancelled. The Kafka key is the order id.'));

/** An order.placed as it is sent. */
export type OrderPlacedWire = z.input<typeof orderPlacedSchema>;

/** An order.cancelled as it is sent. */
export type OrderCancelledWire = z.input<typeof orderCancelledSchema>;

/** Any event as it is sent, but the shortest order. */
export type OrderEventWire = OrderPlacedWire | OrderCancelledWire;

/** The plain order of Kafka tutorials: no envelope, no goods, no contact. */
export const shortestOrderSchema = z
  .object({
    order_id: z.union([id, z.int().check(z.minimum(0))]),
    amount: z
      .number()
      .check(
        z.minimum(0),
        z.describe("In major units of the stage's currency, with at most the decimals that it has."),
      ),
  })
  .check(z.describe('The shortest order: read as an order.placed without lines and contact.'));

/** The attributes around `data`; https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/spec.md */
function envelope<const T extends string>(type: T) {
  return {
    specversion: z.literal('1.0'),
    id: id.check(z.describe('The same for every copy of this event.')),
    source: z.string().check(z.minLength(1), z.maxLength(limits.MAX_SOURCE_LENGTH)),
    type: z.literal(type),
    subject: id.check(z.describe('The order id.')),
    corrects: z.exactOptional(
      z
        .string()
        .check(
          z.regex(limits.CORRECTS_PATTERN),
          z.describe(
            'The id of the event that this one takes the place of; of a chain of corrections the first.',
          ),
        ),
    ),
    time: z.iso.datetime({ offset: true }),
    datacontenttype: z.exactOptional(z.literal('application/json')),
    dataschema: z.exactOptional(
      z
        .string()
        .check(
          z.regex(dataSchemaPattern(type)),
          z.describe('Major and minor version of the data; absent means 1.0.'),
        ),
    ),
  };
}

function dataSchemaPattern(type: string): RegExp {
  return new RegExp(`^urn:order-events:${type.replace('.', '\\.')}:1\\.[0-9]{1,5}$`);
}
