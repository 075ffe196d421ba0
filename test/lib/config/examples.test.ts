import { expect, test } from '@jest/globals';
import { confinedTo, exampleFields } from '../../../lib/config/examples.ts';
import { prod } from '../../../lib/config/prod.ts';
import type { StageConfig } from '../../../lib/config/stage-config.ts';

const real: StageConfig = {
  ...prod,
  account: '210987654321',
  email: { from: 'orders@shop.at', identity: 'shop.at' },
  alarms: { ...prod.alarms, subscribers: ['on-call@shop.at'] },
};

test('a real stage contains no example', () => {
  expect(exampleFields(real)).toEqual([]);
});

test.each<[Partial<StageConfig>, string]>([
  [{ account: undefined }, 'account is not named'],
  [{ account: '123456789012' }, 'account is 123456789012'],
  [{ account: '000000000000' }, 'account is 000000000000'],
  [{ email: { from: 'a@orders.example.org', identity: 'shop.at' } }, 'email.from is a@orders.example.org'],
  [
    { email: { from: 'orders@shop.at', identity: 'your-domain.example' } },
    'email.identity is your-domain.example',
  ],
  [{ alarms: { ...real.alarms, subscribers: [] } }, 'alarms.subscribers is empty'],
  [{ alarms: { ...real.alarms, subscribers: ['a@shop.test'] } }, 'alarms.subscribers has a@shop.test'],
])('%p is an example', (change, says) => {
  const fields = exampleFields({ ...real, ...change });

  expect(fields).toEqual([expect.stringContaining(says)]);
});

test.each(['orders@counterexample.com', 'orders@latest.at', 'orders@example.at'])(
  '%s is not an example',
  (from) => {
    expect(exampleFields({ ...real, email: { from, identity: from } })).toEqual([]);
  },
);

test('a stage is confined to its account, and to none by an example', () => {
  expect([real, prod, { ...real, account: undefined }].map(confinedTo)).toEqual([
    '210987654321',
    undefined,
    undefined,
  ]);
});
