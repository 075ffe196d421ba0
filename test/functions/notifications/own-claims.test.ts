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

test('an environment names the oldest of its unsettled claims first, however often it was remembered', () => {
  const claims = new OwnClaims();
  claims.remember('claim-1', FREE);
  claims.remember('claim-2', FREE);
  claims.settled('claim-2');
  claims.remember('claim-3', FREE);

  claims.remember('claim-1', FREE);

  expect(claims.unsettled()).toEqual([
    ['claim-1', FREE],
    ['claim-3', FREE],
  ]);
});
