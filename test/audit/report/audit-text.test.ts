import { expect, test } from '@jest/globals';
import { audit } from '../../../audit/audit.ts';
import { auditText } from '../../../audit/report/audit-text.ts';
import { anOrderPlaced } from '../../functions/kernel/wire-events.ts';
import { World } from '../world.ts';

const table = (head: readonly string[], rows: readonly (readonly (string | number)[])[]): string =>
  [head, ...rows].map((row) => row.join(' | ')).join('\n');

const repair = (group: string, ranges: readonly object[]): string =>
  `repair ${group} ${JSON.stringify(ranges)}`;

test('an audit without a finding says so below its counts and sums', async () => {
  const world = new World();
  world.handle(anOrderPlaced());
  const report = await audit(world.sources(), { currency: 'USD' });

  const text = auditText(report, table, repair);

  expect(text.split('\n')).toEqual([
    '1 record on the topic, of 1 order.',
    'consumer group | applied | nothing to do | parked | failed | waiting | wrong | dead letters',
    'billing-group | 1 | 0 | 0 | 0 | 0 | 0 | 0',
    'inventory-group | 1 | 0 | 0 | 0 | 0 | 0 | 0',
    'notification-group | 1 | 0 | 0 | 0 | 0 | 0 | 0',
    '1 invoice (1999 EUR in minor units), 0 credit notes (nothing).',
    '1 open reservation of 3 pieces, 0 back-orders, 0 cancelled; 1 e-mail and 1 SMS.',
    'Nothing is missing, double or wrong.',
  ]);
});

test('findings name group, order, partition and offset', async () => {
  const world = new World();
  world.handle(anOrderPlaced());
  world.remove('billing', 'ORDER#order-1');
  const report = await audit({ ...world.sources(), outbox: undefined }, { currency: 'USD' });

  const text = auditText(report, table, repair);

  expect(text.split('\n').slice(-7)).toEqual([
    '0 invoices (nothing), 0 credit notes (nothing).',
    '1 open reservation of 3 pieces, 0 back-orders, 0 cancelled; messages to customers cannot be read here.',
    '1 finding: missing 1.',
    '  missing (billing-group, order-1, partition 0 offset 0): The event is committed and has no invoice.',
    'billing-group has committed 1 record and never handled it:',
    '  partition 0: offset 0',
    'repair billing-group [{"partition":0,"first":0,"last":0}]',
  ]);
});
