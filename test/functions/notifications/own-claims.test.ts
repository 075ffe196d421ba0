import { expect, test } from '@jest/globals';
import { OwnClaims, type OwnClaim } from '../../../functions/notifications/own-claims.ts';

const FREE: OwnClaim = { kind: 'free', key: { orderId: 'order-1', type: 'order.placed', channel: 'sms' } };

test('an environment forgets its oldest claims when there are too many', () => {
  const claims = new OwnClaims();

  for (let claim = 0; claim <= 10_000; claim += 1) claims.remember(`claim-${claim}`, FREE);

  expect([claims.find('claim-0'), claims.find('claim-1'), claims.find('claim-10000')]).toEqual([
    undefined,
    FREE,
    FREE,
  ]);
});
