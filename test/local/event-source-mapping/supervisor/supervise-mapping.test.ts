import { expect, test } from '@jest/globals';
import { aSpec } from '../builders.ts';
import { pids, superviseFakes } from './fake-pollers.ts';

test('a mapping starts with its own number of pollers', () => {
  const { running } = superviseFakes({ initialPollers: 2 });

  expect(pids(running)).toEqual([101, 102]);
});

test('an override sets the number of pollers and suspends scaling until it is taken back', async () => {
  const { supervisor, running } = superviseFakes({ initialPollers: 1 });

  supervisor.setPollers(3);
  await supervisor.scaleTo(2);
  const overridden = pids(running);
  supervisor.setPollers(undefined);

  expect({ overridden, scaled: pids(running) }).toEqual({ overridden: [101, 102, 103], scaled: [101, 102] });
});

test('a mapping that scales lets its open call end first, and is done when its pollers have their partitions', async () => {
  const { supervisor, running } = superviseFakes({ initialPollers: 1, leave: 'afterCall' });

  const scaled = supervisor.scaleTo(2);
  await new Promise(setImmediate);
  const whileCalled = { running: pids(running), scaledPollers: supervisor.scaledPollers };
  running[0]?.endCall();
  await scaled;

  expect(whileCalled).toStrictEqual({ running: [101], scaledPollers: 2 });
  expect(pids(running)).toStrictEqual([101, 102]);
});

test('the log says which poller has ended, and when another replaces it', () => {
  const { supervisor, running, logged, runTimers } = superviseFakes({ initialPollers: 2 });

  supervisor.killPoller(101);
  runTimers();

  expect(pids(running)).toStrictEqual([102, 103]);
  expect(logged.at(-1)).toBe(
    'WARN topic orders, group mapping-uuid: poller 101 has ended; a new one replaces it in 10000 ms',
  );
});

test('the log names the mapping and its changes on each line', async () => {
  const properties = {
    Topics: ['clicks'],
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: 'counter' },
  };
  const { supervisor, running, logged } = superviseFakes({ initialPollers: 1, properties });

  running[0]?.listener.warned({ level: 'WARN', code: 'functionError', message: 'batch failed: Error' });
  running[0]?.listener.warned({ level: 'ERROR', code: 'RecordAgeExceeded', message: '1 record discarded' });
  await supervisor.setEnabled(false);
  await supervisor.stop();

  expect(logged.map((line) => line.replace(' topic clicks, group counter:', ''))).toEqual([
    'INFO Enabled',
    'WARN functionError batch failed: Error',
    'ERROR RecordAgeExceeded 1 record discarded',
    'INFO Disabling',
    'INFO Disabled',
    'INFO Deleting',
  ]);
  expect(logged.filter((line) => !line.includes(' topic clicks, group counter: '))).toEqual([]);
});

test('killing a poller of another mapping is refused', () => {
  const { supervisor, running } = superviseFakes({ initialPollers: 1 });

  const killed = supervisor.killPoller(999);

  expect({ killed, running: pids(running) }).toEqual({ killed: false, running: [101] });
});

test('ESM-098 a disabled mapping has no pollers, and gets them back when it is enabled', async () => {
  const { supervisor, running } = superviseFakes({ initialPollers: 2 });

  await supervisor.setEnabled(false);
  const disabled = { state: supervisor.state, running: pids(running) };
  await supervisor.setEnabled(true);

  expect(disabled).toEqual({ state: 'Disabled', running: [] });
  expect({ state: supervisor.state, running: pids(running) }).toEqual({
    state: 'Enabled',
    running: [103, 104],
  });
});

test('a stopped mapping replaces nobody', async () => {
  const { supervisor, running, runTimers } = superviseFakes({ initialPollers: 2 });
  supervisor.killPoller(101);

  await supervisor.stop();
  runTimers();

  expect(running).toEqual([]);
});

test('ESM-097 a mapping is Creating until a poller has its partitions', () => {
  const { supervisor, running } = superviseFakes({ initialPollers: 2, settle: 'whenTold' });

  const before = supervisor.state;
  running[0]?.settle();

  expect([before, supervisor.state]).toStrictEqual(['Creating', 'Enabled']);
});

test('ESM-097 a mapping that is created without Enabled is Disabled', () => {
  const { supervisor, running } = superviseFakes({ initialPollers: 2, enabled: false });

  const { state } = supervisor;

  expect({ state, running }).toStrictEqual({ state: 'Disabled', running: [] });
});

test('ESM-097 ESM-099 a mapping is Disabling until the call of its poller has ended, then Enabling', async () => {
  const { supervisor, running } = superviseFakes({ initialPollers: 1, leave: 'afterCall' });

  const disabled = supervisor.setEnabled(false);
  const during = supervisor.state;
  const refused = await supervisor.setEnabled(true).catch((error: unknown) => String(error));
  running[0]?.endCall();
  await disabled;

  expect({ during, refused, after: supervisor.state }).toStrictEqual({
    during: 'Disabling',
    refused:
      'ResourceInUseException: Cannot enable an event source mapping that is Disabling; allowed: Enabled or Disabled; try again when it is.',
    after: 'Disabled',
  });
});

test('ESM-097 a mapping is Enabling until a poller has its partitions again', async () => {
  const { supervisor, running } = superviseFakes({ initialPollers: 1, enabled: false, settle: 'whenTold' });

  await supervisor.setEnabled(true);
  const during = supervisor.state;
  running[0]?.settle();

  expect([during, supervisor.state]).toStrictEqual(['Enabling', 'Enabled']);
});

test('ESM-097 an update is Updating until pollers with the new settings have their partitions', async () => {
  const { supervisor, running } = superviseFakes({ initialPollers: 1, settle: 'whenTold' });
  running[0]?.settle();

  await supervisor.update(aSpec({ BatchSize: 7 }));
  const during = supervisor.state;
  running[0]?.settle();

  expect({ during, after: supervisor.state, batchSize: supervisor.spec.batchSize }).toStrictEqual({
    during: 'Updating',
    after: 'Enabled',
    batchSize: 7,
  });
  expect(running.map(({ pid, settings }) => [pid, settings.spec.batchSize])).toStrictEqual([[102, 7]]);
});

test('a mapping that lost its only poller stays Enabled', () => {
  const { supervisor } = superviseFakes({ initialPollers: 1 });

  supervisor.killPoller(101);

  expect(supervisor.state).toBe('Enabled');
});

test('a mapping reports the result of its last call', () => {
  const { supervisor, running } = superviseFakes({ initialPollers: 1 });

  const before = supervisor.lastProcessingResult;
  running[0]?.listener.processed('OK');

  expect([before, supervisor.lastProcessingResult, supervisor.stateTransitionReason]).toStrictEqual([
    'No records processed',
    'OK',
    'USER_INITIATED',
  ]);
});

test('a mapping reports its problem until it works again', () => {
  const { supervisor, running } = superviseFakes({ initialPollers: 1 });

  running[0]?.listener.processed('PROBLEM: no such function', 'FUNCTION_CONFIG_NOT_VALID');
  const broken = [supervisor.state, supervisor.stateTransitionReason, supervisor.lastProcessingResult];
  running[0]?.listener.processed('OK');

  expect(broken).toStrictEqual(['Enabled', 'FUNCTION_CONFIG_NOT_VALID', 'PROBLEM: no such function']);
  expect(supervisor.stateTransitionReason).toBe('USER_INITIATED');
});

test('ESM-097 a mapping with a problem is Enabled and reports it, so that it can be changed or deleted', () => {
  const { supervisor, running } = superviseFakes({ initialPollers: 1, settle: 'whenTold' });

  running[0]?.listener.processed('PROBLEM: connection lost');
  const connecting = supervisor.state;
  running[0]?.listener.processed('PROBLEM: no such topic', 'ESM_CONFIG_NOT_VALID');

  expect([connecting, supervisor.state, supervisor.stateTransitionReason]).toStrictEqual([
    'Creating',
    'Enabled',
    'ESM_CONFIG_NOT_VALID',
  ]);
});

test('a mapping that cannot work and is disabled is so by its user, and is Enabling until it is known to work or not', async () => {
  const { supervisor, running } = superviseFakes({ initialPollers: 1, settle: 'whenTold' });
  running[0]?.listener.processed('PROBLEM: no such topic', 'ESM_CONFIG_NOT_VALID');

  await supervisor.setEnabled(false);
  const disabled = [supervisor.state, supervisor.stateTransitionReason];
  await supervisor.setEnabled(true);

  expect(disabled).toStrictEqual(['Disabled', 'USER_INITIATED']);
  expect(supervisor.state).toBe('Enabling');
});

test('a mapping with a start delay is Creating and has no pollers before the delay is over', () => {
  const { supervisor, running, runTimers } = superviseFakes({ initialPollers: 2, startDelayMs: 5_000 });

  const before = { state: supervisor.state, running: pids(running) };
  runTimers();

  expect(before).toStrictEqual({ state: 'Creating', running: [] });
  expect({ state: supervisor.state, running: pids(running) }).toStrictEqual({
    state: 'Enabled',
    running: [101, 102],
  });
});

test('a mapping that is enabled before its start delay is over is Enabling until then', async () => {
  const fakes = { initialPollers: 1, enabled: false, startDelayMs: 5_000 };
  const { supervisor, running, runTimers } = superviseFakes(fakes);

  const created = supervisor.state;
  await supervisor.setEnabled(true);
  const during = { state: supervisor.state, running: pids(running) };
  runTimers();

  expect([created, during]).toStrictEqual(['Disabled', { state: 'Enabling', running: [] }]);
  expect({ state: supervisor.state, running: pids(running) }).toStrictEqual({
    state: 'Enabled',
    running: [101],
  });
});

test('a mapping that is stopped within its start delay never polls', async () => {
  const { supervisor, running, runTimers } = superviseFakes({ initialPollers: 1, startDelayMs: 5_000 });

  await supervisor.stop();
  runTimers();

  expect(running).toEqual([]);
});
