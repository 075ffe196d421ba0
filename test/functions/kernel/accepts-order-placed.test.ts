import { expect, test } from '@jest/globals';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import * as z from 'zod/mini';
import { acceptsOrderPlaced } from '../../../functions/kernel/accepts-order-placed.ts';
import { orderPlacedSchema } from '../../../functions/kernel/order-event-schema.ts';
import { changedEvents } from './changed-events.ts';
import { anOrderPlaced } from './wire-events.ts';

/** `INPUTS=3000000 npm test -- --selectProjects unit --testPathPatterns accepts-order-placed` tries more. */
const INPUTS = Number(process.env['INPUTS'] ?? 40_000);

const customer = { email: 'ada@example.com', phone: '+4915112345678' };

test('the check of a placed order accepts what the schema accepts, and nothing else', () => {
  const random = xoroshiro128plus(Date.now() % 1_000_000);
  const choose = (count: number) => uniformInt(random, 0, count - 1);
  const seen = { accepted: 0, refused: 0 };
  const different: unknown[] = [];

  for (const value of changedEvents(anOrderPlaced({ customer }), INPUTS, choose)) {
    const isAccepted = z.safeParse(orderPlacedSchema, value).success;
    seen[isAccepted ? 'accepted' : 'refused'] += 1;
    if (acceptsOrderPlaced(value) !== isAccepted) different.push(value);
  }

  expect(different.slice(0, 3)).toEqual([]);
  expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(INPUTS / 20);
});
