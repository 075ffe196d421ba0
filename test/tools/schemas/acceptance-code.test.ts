import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import * as z from 'zod/mini';
import { acceptanceCode } from '../../../tools/schemas/acceptance-code.ts';
import {
  ORDER_PLACED_ACCEPTANCE,
  orderPlacedAcceptance,
} from '../../../tools/schemas/order-placed-acceptance.ts';

const PLACE = { name: 'accepts', type: 'Wire', typeFrom: 'wire.ts', refinementsFrom: 'rules.ts' };

test('the check of a placed order is the one that its schema gives (npm run schemas writes it again)', () => {
  const kept = readFileSync(ORDER_PLACED_ACCEPTANCE, 'utf8');

  expect(kept).toBe(orderPlacedAcceptance());
});

test.each([
  { story: 'a date', schema: z.date() },
  { story: 'a union', schema: z.union([z.string(), z.int()]) },
  { story: 'a number that need not be whole', schema: z.number() },
  { story: 'a text format without a pattern of its own', schema: z.url() },
  { story: 'a check that changes the value', schema: z.string().check(z.trim()) },
  { story: 'an object with a rule for unknown fields', schema: z.strictObject({ a: z.string() }) },
  { story: 'a refinement without a name', schema: z.string().check(z.refine((text) => text !== '')) },
  { story: 'a field with a quote in its name', schema: z.object({ "it's": z.string() }) },
  { story: 'a literal with a quote', schema: z.literal("it's") },
])('a part of a schema that nobody taught it is refused when it is derived: $story', ({ schema }) => {
  expect(() => acceptanceCode(schema, PLACE)).toThrow('No acceptance can be derived of');
});
