import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { withRecordSender } from '@order-events/kafka-tools';
import { readAlarmStates, type AlarmStatus } from '../../cli/alarms/read-alarm-states.ts';
import { commandTarget } from '../../cli/connection/local-target.ts';
import type { Target } from '../../cli/connection/target.ts';
import { intrude } from '../../cli/drill/intruder.ts';
import { controlClient, type ControlClient } from '../../local/environment/control/control-client.ts';
import { waitFor } from '../../local/helpers/wait-for.ts';
import { runNpm, type NpmProcess } from './npm-process.ts';
import { openAlarmMailbox, type AlarmMailbox } from './support/alarm-mailbox.ts';

jest.setTimeout(240_000);

const PREFIX = 'order-events-dev-';
/** Some minutes of alarms, on a machine that does other things as well. */
const PATIENCE_MS = 60_000;

let npm: NpmProcess;
let target: Target;
let control: ControlClient;
let cloudWatch: CloudWatchClient;
let mailbox: AlarmMailbox;

beforeAll(async () => {
  npm = await runNpm('start', ['--orders', '3', '--minute', '1', '--no-console']);
  await npm.untilLine('Ready');
  const environment = await npm.environment();
  target = commandTarget(environment);
  control = controlClient(environment);
  cloudWatch = new CloudWatchClient(target.awsClientConfig);
  mailbox = await openAlarmMailbox(target, `${PREFIX}orders-stand-still`);
  // A start is a deployment, and the page for progress is quiet meanwhile.
  await untilStates({ deploying: 'ALARM' });
  await untilStates({ deploying: 'OK', 'orders-stand-still': 'OK' });
});

afterAll(async () => {
  mailbox.close();
  cloudWatch.destroy();
  await npm.cleanUp();
});

type States = Readonly<Record<string, AlarmStatus['state']>>;

/** The states that the alarms have at CloudWatch's API, of those with these names. */
async function statesOf(wanted: States): Promise<States> {
  const alarms = await readAlarmStates(cloudWatch, PREFIX);
  return Object.fromEntries(
    Object.keys(wanted).map((name) => [
      name,
      alarms.find((alarm) => alarm.name === PREFIX + name)?.state ?? 'INSUFFICIENT_DATA',
    ]),
  );
}

async function untilStates(wanted: States): Promise<void> {
  let states: States = {};
  await waitFor(
    async () => {
      states = await statesOf(wanted);
      return Object.entries(wanted).every(([name, state]) => states[name] === state);
    },
    {
      what: `the states ${JSON.stringify(wanted)}`,
      timeoutMs: PATIENCE_MS,
    },
  ).catch((error: unknown) => {
    throw new Error(`The states are ${JSON.stringify(states)}.`, { cause: error });
  });
}

/** Waits until SNS tells a state of an alarm that it has not told before. */
async function untilTold(alarm: string, state: AlarmStatus['state']): Promise<void> {
  await waitFor(() => mailbox.takes({ alarm: PREFIX + alarm, state }), {
    what: `SNS to tell that ${alarm} is in ${state}`,
    timeoutMs: PATIENCE_MS,
  });
}

test('a consumer that is stopped pages as orders that stand still, until it reads again', async () => {
  await control.setPollers('billing-group', 0);
  await npm.orders('produce', '--count', '6');
  await untilStates({
    'billing-no-progress': 'ALARM',
    'billing-poller-dead': 'ALARM',
    'orders-stand-still': 'ALARM',
  });
  await untilTold('orders-stand-still', 'ALARM');
  const listed = await npm.orders('alarms', '--state', 'ALARM', '--json');
  await control.setPollers('billing-group', null);
  await untilStates({
    'billing-no-progress': 'OK',
    'billing-poller-dead': 'OK',
    'orders-stand-still': 'OK',
  });
  await untilTold('orders-stand-still', 'OK');

  const alarms = JSON.parse(listed.lines.join('')) as readonly AlarmStatus[];
  const stalled = alarms.find(({ name }) => name === `${PREFIX}billing-no-progress`);
  // Four of the newest five points decided, or all five.
  expect(stalled?.points.slice(-5).filter((partitions) => partitions > 0).length).toBeGreaterThanOrEqual(4);
});

test('a record that cannot even be parked stalls its partition, and pages once it is in the dead-letter queue', async () => {
  await control.disturb('inventory-group', { delayMs: 0, unreachable: ['SQS'], forMs: 120_000 });
  await withRecordSender(
    await target.kafka(),
    { topic: target.outputs.topicName, headers: {}, retries: 2 },
    (sender) => sender.send([{ key: 'poison', value: '{"order_id":' }]),
  );
  await untilStates({ 'inventory-no-progress': 'ALARM' });
  await control.disturb('inventory-group', { delayMs: 0, unreachable: [], forMs: 0 });
  await untilStates({ 'inventory-no-progress': 'OK', 'inventory-dead-letters': 'ALARM' });
  await untilTold('inventory-dead-letters', 'ALARM');
  await mailbox.empty(Object.values(target.outputs.deadLetterQueueUrls));
  await untilStates({ 'inventory-dead-letters': 'OK' });

  await untilTold('inventory-dead-letters', 'OK');
});

test('a mapping that is disabled is a dead poller, until it is enabled', async () => {
  await npm.orders('mappings', 'pause', 'notifications');
  await untilStates({ 'notifications-poller-dead': 'ALARM', 'notifications-lag-silent': 'OK' });
  await npm.orders('mappings', 'resume', 'notifications');

  await untilStates({ 'notifications-poller-dead': 'OK' });
});

test('an intruder in a group pages, until it has left', async () => {
  const { topicName } = target.outputs;
  const intruder = await intrude({
    brokers: target.brokers.brokers,
    groupId: 'billing-group',
    topic: topicName,
  });
  await untilStates({ 'billing-intruder': 'ALARM' });
  await untilTold('billing-intruder', 'ALARM');
  await intruder.leave();
  await untilStates({ 'billing-intruder': 'OK' });
  await untilTold('billing-intruder', 'OK');

  const history = await npm.orders('alarms', '--history', '--json');
  const changes = JSON.parse(history.lines.join('')) as readonly { name: string; from: string; to: string }[];
  expect(
    changes
      .filter(({ name }) => name === `${PREFIX}billing-intruder`)
      .slice(0, 2)
      .map(({ from, to }) => `${from} → ${to}`),
  ).toEqual(['ALARM → OK', 'OK → ALARM']);
});
