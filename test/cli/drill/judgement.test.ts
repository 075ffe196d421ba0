import { expect, test } from '@jest/globals';
import type { AuditReport } from '../../../audit/index.ts';
import { audit } from '../../../audit/audit.ts';
import { World } from '../../audit/world.ts';
import { anOrderPlaced } from '../../functions/kernel/wire-events.ts';
import { judge } from '../../../cli/drill/judgement.ts';

const order = (subject: string): Record<string, unknown> =>
  anOrderPlaced({}, { id: `evt-${subject}`, subject });

const NOBODY: ReadonlySet<string> = new Set();
const NONE: ReadonlyMap<string, number> = new Map();

function reportOn(world: World): Promise<AuditReport> {
  return audit(world.sources(), { currency: 'USD' });
}

test('a good order among the dead letters is a finding, unless nobody can know whether its SMS is out', async () => {
  const world = new World();
  for (const name of ['a', 'b']) {
    world.park('notifications', world.handle(order(name)), 'send-ambiguous');
    world.item('notifications', `ORDER#${name}`, 'order.placed#sms')['status'] = 'AMBIGUOUS';
  }
  const report = await reportOn(world);

  const findings = judge({
    report,
    isDrained: true,
    unclearSms: new Set(['a']),
    unsettled: NOBODY,
    timeouts: NONE,
  });

  expect(findings).toEqual([{ kind: 'parked-good', what: 'notification-group parked b as send-ambiguous.' }]);
});

test('a discarded batch is a finding', async () => {
  const world = new World();
  const record = world.append(order('a'));
  for (const group of ['billing', 'inventory', 'notifications'] as const) world.giveUp(group, record, record);
  const report = await reportOn(world);

  const findings = judge({
    report,
    isDrained: true,
    unclearSms: new Set(),
    unsettled: NOBODY,
    timeouts: NONE,
  });

  expect(findings).toEqual(
    ['billing-group', 'inventory-group', 'notification-group'].map((group) => ({
      kind: 'given-up',
      what: `The mapping of ${group} discarded 1 records (messages in its queue about them: 1).`,
    })),
  );
});

test('records that are unread when the time is over are a finding', async () => {
  const world = new World();
  world.append(order('a'));
  world.groups.billing.committed.clear();
  for (const name of ['inventory', 'notifications'] as const) world.groups[name].committed.clear();
  const report = await reportOn(world);

  const findings = judge({
    report,
    isDrained: false,
    unclearSms: new Set(),
    unsettled: NOBODY,
    timeouts: NONE,
  });

  expect(findings.map(({ what }) => what)).toEqual([
    'billing-group had 1 unread records when the time was over.',
    'inventory-group had 1 unread records when the time was over.',
    'notification-group had 1 unread records when the time was over.',
  ]);
});

test('an invocation that ran into the timeout of its function is a finding', async () => {
  const report = await reportOn(new World());

  const findings = judge({
    report,
    isDrained: true,
    unclearSms: new Set(),
    unsettled: NOBODY,
    timeouts: new Map([['billing', 2]]),
  });

  expect(findings).toEqual([
    { kind: 'timeout', what: 'billing did not answer before its timeout: 2 invocations.' },
  ]);
});

test('an open claim is a finding, unless the table could not store the result of the send', async () => {
  const world = new World();
  for (const name of ['a', 'b']) {
    world.handle(order(name));
    world.item('notifications', `ORDER#${name}`, 'order.placed#sms')['status'] = 'SENDING';
  }
  const report = await reportOn(world);

  const findings = judge({
    report,
    isDrained: true,
    unclearSms: NOBODY,
    unsettled: new Set(['a']),
    timeouts: NONE,
  });

  expect(findings.map(({ kind, what }) => [kind, / (a|b) /.exec(what)?.[1]])).toEqual([['unconfirmed', 'b']]);
});
