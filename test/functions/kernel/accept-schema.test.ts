import { expect, test } from '@jest/globals';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import * as z from 'zod/mini';
import { acceptanceOf } from '../../../functions/kernel/accept-schema.ts';
import { orderCancelledSchema, orderPlacedSchema } from '../../../functions/kernel/order-event-schema.ts';
import { anOrderCancelled, anOrderPlaced } from './wire-events.ts';
import { changedEvents } from './changed-events.ts';

/** `INPUTS=3000000 npm test -- --selectProjects unit --testPathPatterns accept-schema` tries more. */
const INPUTS = Number(process.env['INPUTS'] ?? 40_000);

const customer = { email: 'ada@example.com', phone: '+4915112345678' };

test.each([
  { story: 'a placed order', schema: orderPlacedSchema, event: anOrderPlaced({ customer }) },
  {
    story: 'a cancelled order',
    schema: orderCancelledSchema,
    event: anOrderCancelled({ reason: 'why not' }),
  },
])('the derived check accepts what the schema accepts, and nothing else: $story', ({ schema, event }) => {
  const accepts = acceptanceOf(schema);
  const random = xoroshiro128plus(Date.now() % 1_000_000);
  const choose = (count: number) => uniformInt(random, 0, count - 1);
  const seen = { accepted: 0, refused: 0 };
  const different: unknown[] = [];

  for (const value of changedEvents(event, INPUTS, choose)) {
    const isAccepted = z.safeParse(schema, value).success;
    seen[isAccepted ? 'accepted' : 'refused'] += 1;
    if (accepts(value) !== isAccepted) different.push(value);
  }

  expect(different.slice(0, 3)).toEqual([]);
  expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(INPUTS / 20);
});

test.each([
  { story: 'a date', schema: z.date() },
  { story: 'a union', schema: z.union([z.string(), z.int()]) },
  { story: 'a number that need not be whole', schema: z.number() },
  { story: 'a text format without a pattern of its own', schema: z.url() },
  { story: 'a check that changes the value', schema: z.string().check(z.trim()) },
  { story: 'an object with a rule for unknown fields', schema: z.strictObject({ a: z.string() }) },
])('a part of a schema that nobody taught it is refused when it is derived: $story', ({ schema }) => {
  expect(() => acceptanceOf(schema)).toThrow('No acceptance can be derived of');
});
