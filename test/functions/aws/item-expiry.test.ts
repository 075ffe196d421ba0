import { expect, test } from '@jest/globals';
import { expiryAfter } from '../../../functions/aws/item-expiry.ts';

test('an item expires so many days from now, in epoch seconds', () => {
  const expiry = expiryAfter(30, () => Date.parse('2026-11-21T08:00:00.999Z'));

  const expiresAt = expiry();

  expect(expiresAt).toBe(Date.parse('2026-12-21T08:00:00Z') / 1_000);
});
