import { aGroup } from '../a-stage.ts';
import { describeCheck, partitions } from './check-cases.ts';

describeCheck('no-commit', {
  finds: [
    {
      story: 'partitions with records and without a commit',
      facts: {
        groups: [aGroup({ partitions: partitions((n) => ({ committed: n < 2 ? 'none' : 100 })) })],
      },
      found: ['billing-group: no commit on partitions 0-1, which have 200 records.'],
    },
    {
      story: 'a group that the brokers do not know',
      facts: { groups: [] },
      found: ['billing-group: the brokers know no such group.'],
    },
  ],
  quiet: [
    {
      story: 'a partition without a commit has no records',
      facts: {
        groups: [aGroup({ partitions: partitions((n) => (n === 0 ? { committed: 'none', end: 0 } : {})) })],
      },
    },
  ],
  unknown: [
    {
      story: 'the brokers do not say the offsets',
      facts: {
        groups: [
          aGroup({
            partitions: [
              {
                topic: 'order-events',
                partition: 0,
                memberId: undefined,
                lag: { kind: 'unknown', reason: 'commits-unavailable' },
              },
            ],
          }),
        ],
      },
      reason: 'the brokers do not say the offsets of billing-group',
    },
  ],
});
