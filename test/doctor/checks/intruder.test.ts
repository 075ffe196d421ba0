import { aGroup, aMapping, aMember } from '../a-stage.ts';
import { ALL, UNKNOWN_POLLERS, describeCheck, sharedWith } from './check-cases.ts';

describeCheck('intruder', {
  finds: [
    {
      story: 'a Python client in the group of a mapping',
      facts: sharedWith('rdkafka'),
      found: [
        "billing-group: 1 member: not a poller of the group's mapping. client rdkafka on 127.0.0.1 reads partitions 3-5.",
      ],
    },
    {
      story: 'another kind of client beside pollers that nobody names',
      facts: {
        ...sharedWith('my-service'),
        mappings: { kind: 'known', value: [aMapping({ pollers: UNKNOWN_POLLERS })] },
      },
      found: [
        'billing-group: 2 members: its members have client ids of 2 kinds, but the pollers of a mapping have only one kind. ' +
          'client event-poller-1 on 127.0.0.1 reads partitions 0-2; client my-service on 127.0.0.1 reads partitions 3-5.',
      ],
    },
    {
      story: 'more members than the mapping may have',
      facts: {
        ...sharedWith('event-poller-77'),
        mappings: { kind: 'known', value: [aMapping({ pollers: UNKNOWN_POLLERS, mostPollers: 1 })] },
      },
      found: [
        'billing-group: 2 members: it has 2 members, and its mapping has at most 1. ' +
          'client event-poller-1 on 127.0.0.1 reads partitions 0-2; client event-poller-77 on 127.0.0.1 reads partitions 3-5.',
      ],
    },
    {
      story: 'another kind of client where mappings cannot be listed',
      facts: { ...sharedWith('my-service'), mappings: UNKNOWN_POLLERS },
      found: [
        'billing-group: 2 members: its members have client ids of 2 kinds, but the pollers of a mapping have only one kind. ' +
          'client event-poller-1 on 127.0.0.1 reads partitions 0-2; client my-service on 127.0.0.1 reads partitions 3-5.',
      ],
    },
    {
      story: 'a member while the mapping is disabled',
      facts: { mappings: { kind: 'known', value: [aMapping({ state: 'Disabled' })] } },
      found: [
        'billing-group: 1 member: the mapping of this group is disabled. client event-poller-1 on 127.0.0.1 reads partitions 0-5.',
      ],
    },
  ],
  quiet: [
    {
      story: 'pollers of one kind are no more than the mapping may have',
      facts: {
        ...sharedWith('event-poller-2'),
        mappings: { kind: 'known', value: [aMapping({ pollers: UNKNOWN_POLLERS })] },
      },
    },
    {
      story: 'a poller has joined that has not said its member id yet',
      facts: {
        mappings: {
          kind: 'known',
          value: [aMapping({ pollers: { kind: 'known', value: [{ clientId: 'event-poller-1' }] } })],
        },
      },
    },
    {
      story: 'another group of the topic has a client of its own',
      facts: { groups: [aGroup(), aGroup({ groupId: 'reports', members: [aMember('rdkafka', ALL)] })] },
    },
  ],
  unknown: [
    {
      story: 'mappings cannot be listed and members look alike',
      facts: { mappings: { kind: 'unknown', reason: 'no permission' } },
      reason: 'no permission',
    },
  ],
});
