import { expect, test } from '@jest/globals';
import { readMappings } from '../../../cli/doctor/read-mappings.ts';
import type { Target } from '../../../cli/connection/target.ts';

function aTarget(mappings: Target['mappings']): Target {
  return { kind: 'local', mappings } as Target;
}

test('the pollers of a local mapping are recognized by their client ids at the brokers', async () => {
  const target = aTarget(() =>
    Promise.resolve([
      {
        uuid: 'u',
        functionName: 'billing',
        consumerGroupId: 'billing-group',
        topic: 'order-events',
        state: 'Enabled',
        givenUp: { delivered: 0, dropped: 0 },
        pollers: [{ pid: 77, memberId: 'm-1', partitions: [], recordsInvoked: 0 }],
      },
    ]),
  );

  const mappings = await readMappings(target);

  expect(mappings).toEqual({
    kind: 'known',
    value: [
      {
        uuid: 'u',
        functionName: 'billing',
        groupId: 'billing-group',
        topic: 'order-events',
        state: 'Enabled',
        mostPollers: undefined,
        pollers: { kind: 'known', value: [{ clientId: 'event-poller-77', memberId: 'm-1' }] },
      },
    ],
  });
});

test('mappings that cannot be listed are unknown, with the reason', async () => {
  const target = aTarget(() => Promise.reject(new Error('no permission')));

  const mappings = await readMappings(target);

  expect(mappings).toEqual({
    kind: 'unknown',
    reason: 'the event source mappings could not be listed: no permission',
  });
});
