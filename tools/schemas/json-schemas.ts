import { writeFileSync } from 'node:fs';
import * as z from 'zod/mini';
import {
  orderCancelledSchema,
  orderPlacedSchema,
  shortestOrderSchema,
} from '../../functions/kernel/order-event-schema.ts';

export const SCHEMA_FOLDER = new URL('../../docs/schemas/', import.meta.url);

/** Builds the expected files under docs/schemas. */
export function jsonSchemas(): readonly { file: string; text: string }[] {
  return [
    jsonSchema('order.placed', orderPlacedSchema),
    jsonSchema('order.cancelled', orderCancelledSchema),
    jsonSchema('shortest-order', shortestOrderSchema),
  ];
}

function jsonSchema(name: string, schema: z.core.$ZodType): { file: string; text: string } {
  const { $schema, ...rules } = z.toJSONSchema(schema, { io: 'input' });
  const document = { $schema, $id: `urn:order-events:${name}:1.0`, title: name, ...rules };
  return { file: `${name}.schema.json`, text: `${JSON.stringify(document, null, 2)}\n` };
}

if (import.meta.main) {
  for (const { file, text } of jsonSchemas()) writeFileSync(new URL(file, SCHEMA_FOLDER), text);
}
