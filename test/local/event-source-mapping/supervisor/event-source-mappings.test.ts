import { expect, test } from '@jest/globals';
import { emulatorOptions } from '../../../../local/event-source-mapping/configuration/emulator-options.ts';
import {
  createEventSourceMappings,
  type EventSourceMappings,
  type NewMapping,
} from '../../../../local/event-source-mapping/supervisor/event-source-mappings.ts';
import type { EventSourceMappingSpec } from '../../../../local/event-source-mapping/configuration/event-source-mapping-spec.ts';
import { superviseMapping } from '../../../../local/event-source-mapping/supervisor/supervise-mapping.ts';
import type { PollerSettings } from '../../../../local/event-source-mapping/poller/messages.ts';
import { aSpec } from '../builders.ts';
import { fakePollers, type FakePoller, type FakePollers } from './fake-pollers.ts';

/** Mappings with fake pollers, all of which are in `running`. */
function emulate(fakes: Partial<FakePollers> = {}): { mappings: EventSourceMappings; running: FakePoller[] } {
  const running: FakePoller[] = [];
  const startPoller = fakePollers(running, fakes);
  const mappings = createEventSourceMappings(({ mappingId, spec }) =>
    Promise.resolve(
      superviseMapping({ mappingId, spec, options: emulatorOptions() } as PollerSettings, 1, {
        startPoller,
        log: () => undefined,
        schedule: () => () => undefined,
        replaceAfterMs: 0,
      }),
    ),
  );
  return { mappings, running };
}

function named(group: string, overrides: Readonly<Record<string, unknown>> = {}): EventSourceMappingSpec {
  return aSpec({
    FunctionName: `function-of-${group}`,
    AmazonManagedKafkaEventSourceConfig: { ConsumerGroupId: group },
    ...overrides,
  });
}

function shared(maximum: number): Readonly<Record<string, unknown>> {
  return { ProvisionedPollerConfig: { MaximumPollers: maximum, PollerGroupName: 'shared' } };
}

function aMapping(mappingId: string, spec: EventSourceMappingSpec): NewMapping {
  return { mappingId, functionArn: 'arn', spec };
}

function statesOf(mappings: EventSourceMappings): [string, string][] {
  return mappings.list().map(({ mappingId, state }) => [mappingId, state]);
}

test('ESM-012 a second mapping with the group of another is not created', async () => {
  const { mappings, running } = emulate();
  await mappings.create(aMapping('first', named('g')));

  const second = mappings.create(aMapping('second', named('g')));

  await expect(second).rejects.toThrow(
    'ConsumerGroupId is "g", which the mapping of function function-of-g uses',
  );
  expect({ states: statesOf(mappings), running: running.length }).toStrictEqual({
    states: [['first', 'Enabled']],
    running: 1,
  });
});

test('ESM-012 of two mappings with one group that are created at once, one is refused', async () => {
  const { mappings } = emulate();

  const created = await Promise.allSettled([
    mappings.create(aMapping('first', named('g'))),
    mappings.create(aMapping('second', named('g'))),
  ]);

  expect(created.map(({ status }) => status)).toStrictEqual(['fulfilled', 'rejected']);
});

test('ESM-013 an update of a create-only setting is rejected, and changes nothing', async () => {
  const { mappings, running } = emulate();
  await mappings.create(aMapping('m', named('g')));

  const update = mappings.update('m', named('other'));

  await expect(update).rejects.toThrow('ConsumerGroupId is "other"; allowed: "g", because it cannot change');
  expect(running.map(({ pid }) => pid)).toStrictEqual([101]);
});

test('an update starts pollers with the new settings', async () => {
  const { mappings, running } = emulate();
  await mappings.create(aMapping('m', named('g')));

  await mappings.update('m', named('g', { BatchSize: 7 }));

  expect(running.map(({ pid, settings }) => [pid, settings.spec.batchSize])).toStrictEqual([[102, 7]]);
});

test('ESM-096 an update that makes a poller group too large is refused', async () => {
  const { mappings } = emulate();
  await mappings.create(aMapping('m', named('g', shared(1000))));
  await mappings.create(aMapping('n', named('h', shared(1000))));

  const update = mappings.update('m', named('g', shared(1001)));

  await expect(update).rejects.toThrow('makes 2001 pollers in group "shared"');
});

test('ESM-097 an update or a deletion while a mapping is Creating is refused', async () => {
  const { mappings } = emulate({ settle: 'whenTold' });
  await mappings.create(aMapping('m', named('g')));

  const update = mappings.update('m', named('g', { BatchSize: 7 }));
  const deletion = mappings.delete('m');

  await expect(update).rejects.toMatchObject({ name: 'ResourceInUseException' });
  await expect(deletion).rejects.toMatchObject({ name: 'ResourceInUseException' });
});

test('ESM-099 a deletion ends the polling, and another mapping may have the group then', async () => {
  const { mappings, running } = emulate();
  await mappings.create(aMapping('first', named('g')));

  await mappings.delete('first');
  const left = running.length;
  await mappings.create(aMapping('second', named('g')));

  expect({ left, states: statesOf(mappings) }).toStrictEqual({ left: 0, states: [['second', 'Enabled']] });
});

test('a mapping that could not start leaves its group to others', async () => {
  const mappings = createEventSourceMappings(() => Promise.reject(new Error('no such topic')));

  const outcomes = await Promise.allSettled([
    mappings.create(aMapping('m', named('g'))).catch(() => mappings.create(aMapping('n', named('g')))),
  ]);

  expect(outcomes).toStrictEqual([{ status: 'rejected', reason: new Error('no such topic') }]);
});

test('an unknown mapping is named', async () => {
  const { mappings } = emulate();

  const deletion = mappings.delete('x');

  await expect(deletion).rejects.toThrow('There is no event source mapping x here.');
});
