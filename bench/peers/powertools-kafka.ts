import type * as Zod from 'zod';
import type { KafkaEvent } from '../../functions/kafka/kafka-event.ts';
import * as limits from '../../functions/kernel/order-event-limits.ts';
import { loadPeer } from './load-peer.ts';

interface PowertoolsKafka {
  readonly kafkaConsumer: (
    handler: (event: { readonly records: Iterable<{ readonly value: unknown }> }) => Promise<void>,
    schema: { readonly value: { readonly type: 'json'; readonly parserSchema: unknown } },
  ) => (event: KafkaEvent, context: object) => Promise<unknown>;
}

/** Powertools' Kafka consumer with zod, which reads the value of each record and applies the checks of our schema. */
export function powertoolsConsumer(): (event: KafkaEvent) => Promise<unknown> {
  const { kafkaConsumer } = loadPeer('@aws-lambda-powertools/kafka') as PowertoolsKafka;
  const read: { last: unknown } = { last: undefined };
  const consume = kafkaConsumer(
    async ({ records }) => {
      for (const record of records) read.last = record.value;
    },
    { value: { type: 'json', parserSchema: orderSchema() } },
  );
  return (event) => consume(event, {});
}

/** Builds the schema as users of zod write it: with the full build, whose object schemas compile themselves. */
function orderSchema(): unknown {
  const { z } = loadPeer('zod') as Pick<typeof Zod, 'z'>;
  const id = z.string().regex(limits.ID_PATTERN);
  const line = z.object({
    sku: z.string().regex(limits.SKU_PATTERN),
    quantity: z.int().min(1).max(limits.MAX_QUANTITY),
    unitPrice: z.int().min(0).max(limits.MAX_UNIT_PRICE_MINOR),
  });
  const customer = z.object({
    email: z.email({ pattern: z.regexes.html5Email }).max(limits.MAX_EMAIL_LENGTH).optional(),
    phone: z.e164().optional(),
  });
  return z.object({
    specversion: z.literal('1.0'),
    id,
    source: z.string().min(1).max(limits.MAX_SOURCE_LENGTH),
    type: z.literal('order.placed'),
    subject: id,
    time: z.iso.datetime({ offset: true }),
    datacontenttype: z.literal('application/json').optional(),
    dataschema: z.string().optional(),
    data: z
      .object({
        customer: customer.optional(),
        lines: z.array(line).min(1).max(limits.MAX_LINES),
        currency: z.string().length(3),
        total: z.int().min(0),
      })
      .refine(
        ({ lines, total }) =>
          lines.reduce((sum, { quantity, unitPrice }) => sum + quantity * unitPrice, 0) === total,
      ),
  });
}
