import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { withRecordSender } from '@order-events/kafka-tools';
import { readAlarmStates, type AlarmChange, type AlarmStatus } from '../../cli/alarms/read-alarm-states.ts';
import { commandTarget } from '../../cli/connection/local-target.ts';
import type { Target } from '../../cli/connection/target.ts';
import { intrude } from '../../cli/drill/intruder.ts';
import { controlClient, type ControlClient } from '../../local/environment/control/control-client.ts';
import { waitFor } from '../../local/helpers/wait-for.ts';
import { runNpm, type NpmProcess } from './npm-process.ts';
import { openAlarmMailbox, type AlarmMailbox } from './support/alarm-mailbox.ts';
import { localAccount, type LocalAccount } from './support/local-account.ts';

jest.setTimeout(240_000);

const PREFIX = 'order-events-dev-';
/** Some minutes of alarms, on a machine that does other things as well. */
const PATIENCE_MS = 60_000;

let npm: NpmProcess;
let target: Target;
let control: ControlClient;
let cloudWatch: CloudWatchClient;
let mailbox: AlarmMailbox;
let account: LocalAccount;

beforeAll(async () => {
  npm = await runNpm('start', ['--orders', '3', '--minute', '1', '--no-console']);
  await npm.untilLine('Ready');
  const environment = await npm.environment();
  target = commandTarget(environment);
  control = controlClient(environment);
  cloudWatch = new CloudWatchClient(target.awsClientConfig);
  account = localAccount(environment.awsEndpoint, environment.region);
  mailbox = await openAlarmMailbox(target, `${PREFIX}orders-stand-still`);
  // A start is a deployment, and the page for progress is quiet meanwhile.
  await untilStates({ deploying: 'ALARM' });
  await untilStates({ deploying: 'OK', 'orders-stand-still': 'OK' });
});

afterAll(async () => {
  mailbox.close();
  account.close();
  cloudWatch.destroy();
  await npm.cleanUp();
});

type States = Readonly<Record<string, AlarmStatus['state']>>;

/** Waits until alarms have these states at CloudWatch's API, and gives them as they are there. */
async function untilStates(wanted: States): Promise<States> {
  let states: States = {};
  await waitFor(
    async () => {
      const alarms = await readAlarmStates(cloudWatch, PREFIX);
      const seen = alarms.map(({ name, state }) => [name.slice(PREFIX.length), state] as const);
      states = Object.fromEntries(seen.filter(([name]) => wanted[name] !== undefined));
      return Object.entries(wanted).every(([name, state]) => states[name] === state);
    },
    { what: `the states ${JSON.stringify(wanted)}`, timeoutMs: PATIENCE_MS },
  ).catch((error: unknown) => {
    throw new Error(`The states are ${JSON.stringify(states)}.`, { cause: error });
  });
  return states;
}

/** Waits until SNS tells a state of an alarm that it has not told before. */
async function untilTold(alarm: string, state: AlarmStatus['state']): Promise<void> {
  await waitFor(() => mailbox.takes({ alarm: PREFIX + alarm, state }), {
    what: `SNS to tell that ${alarm} is in ${state}`,
    timeoutMs: PATIENCE_MS,
  });
}

test('a consumer that is stopped pages as orders that stand still, until it reads again', async () => {
  const parts = ['billing-no-progress', 'billing-poller-dead', 'orders-stand-still'] as const;
  const all = (state: AlarmStatus['state']): States => Object.fromEntries(parts.map((name) => [name, state]));

  await control.setPollers('billing-group', 0);
  await npm.orders('produce', '--count', '6');
  const stopped = await untilStates(all('ALARM'));
  await untilTold('orders-stand-still', 'ALARM');
  const listed = await npm.orders('alarms', '--state', 'ALARM', '--json');
  await control.setPollers('billing-group', null);
  const mended = await untilStates(all('OK'));
  await untilTold('orders-stand-still', 'OK');

  const alarms = JSON.parse(listed.lines.join('')) as readonly AlarmStatus[];
  const decided = alarms.find(({ name }) => name === `${PREFIX}billing-no-progress`)?.points.slice(-5) ?? [];
  expect({
    stopped,
    mended,
    decidedByFour: decided.filter((partitions) => partitions > 0).length >= 4,
  }).toEqual({ stopped: all('ALARM'), mended: all('OK'), decidedByFour: true });
});

test('a record that cannot even be parked stalls its partition, and pages once it is in the dead-letter queue', async () => {
  const sending = { topic: target.outputs.topicName, headers: {}, retries: 2 };

  await control.disturb('inventory-group', { delayMs: 0, unreachable: ['SQS'], forMs: 120_000 });
  await withRecordSender(await target.kafka(), sending, (sender) =>
    sender.send([{ key: 'poison', value: '{"order_id":' }]),
  );
  const stalled = await untilStates({ 'inventory-no-progress': 'ALARM' });
  await control.disturb('inventory-group', { delayMs: 0, unreachable: [], forMs: 0 });
  const parked = await untilStates({ 'inventory-no-progress': 'OK', 'inventory-dead-letters': 'ALARM' });
  await untilTold('inventory-dead-letters', 'ALARM');
  await mailbox.empty(Object.values(target.outputs.deadLetterQueueUrls));
  const mended = await untilStates({ 'inventory-dead-letters': 'OK' });
  await untilTold('inventory-dead-letters', 'OK');

  expect({ stalled, parked, mended }).toEqual({
    stalled: { 'inventory-no-progress': 'ALARM' },
    parked: { 'inventory-no-progress': 'OK', 'inventory-dead-letters': 'ALARM' },
    mended: { 'inventory-dead-letters': 'OK' },
  });
});

test('a mapping that is disabled is a dead poller, and no silent lag, until it is enabled', async () => {
  const mapping = await account.mappingOf(target.outputs.functionNames.notifications);

  await account.setMappingEnabled(mapping, false);
  const disabled = await untilStates({
    'notifications-poller-dead': 'ALARM',
    'notifications-lag-silent': 'OK',
  });
  await account.setMappingEnabled(mapping, true);
  const enabled = await untilStates({ 'notifications-poller-dead': 'OK' });

  expect({ disabled, enabled }).toEqual({
    disabled: { 'notifications-poller-dead': 'ALARM', 'notifications-lag-silent': 'OK' },
    enabled: { 'notifications-poller-dead': 'OK' },
  });
});

test('an intruder in a group pages, until it has left', async () => {
  const at = {
    brokers: target.brokers.brokers,
    groupId: 'billing-group',
    topic: target.outputs.topicName,
  };

  const intruder = await intrude(at);
  await untilStates({ 'billing-intruder': 'ALARM' });
  await untilTold('billing-intruder', 'ALARM');
  await intruder.leave();
  await untilStates({ 'billing-intruder': 'OK' });
  await untilTold('billing-intruder', 'OK');
  const history = await npm.orders('alarms', '--history', '--json');

  const changes = JSON.parse(history.lines.join('')) as readonly AlarmChange[];
  const ofIntruder = changes.filter(({ name }) => name === `${PREFIX}billing-intruder`);
  expect(ofIntruder.slice(0, 2).map(({ from, to }) => `${from} → ${to}`)).toEqual([
    'ALARM → OK',
    'OK → ALARM',
  ]);
});
